/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The life of a slot, for spin: what src/pool does with the lock, the free stack, the states, the
 * generations and the references, a statement a step. Workers take a slot, say that it is ready, and
 * let go of it: alone, or together with a reader in another thread, and whoever is last sends it home.
 * Each keeps a handle that it has let go of and tries it again. With DIVIDE the memory is cut anew
 * meanwhile: from three slots of two units each to two slots of three.
 *
 * COARSE takes what happens under the lock for one step, for runs that are too long otherwise: that the
 * lock makes it one is shown without.
 *
 * NO_LOCK, NO_GENERATION and NO_QUARANTINE each leave one precaution out: there spin must find an error.
 */
#ifndef N_WORKERS
#define N_WORKERS 2
#endif
#ifndef N_ROUNDS
#define N_ROUNDS 2
#endif

#define N_OLD 3 /* records 0 to 2: the first cut */
#ifdef DIVIDE
#define N_RECORDS 5 /* 3 and 4: the second cut */
#else
#define N_RECORDS 3
#endif
#define N_UNITS 6
#define N_HANDLES 4 /* of a slot, as BAG_SLOT_N_HANDLES */
#define NIL 255

#define FREE 0
#define FILLING 1
#define READY 2
#define QUARANTINED 3

#ifdef NO_GENERATION
#define HANDLE(s) ((s) * N_HANDLES)
#else
#define HANDLE(s) ((s) * N_HANDLES + generation[s] % N_HANDLES)
#endif
#define SLOT(h) ((h) / N_HANDLES)

#if defined (NO_LOCK)
#define LOCK skip;
#define UNLOCK skip
#elif defined (COARSE)
#define LOCK atomic {
#define UNLOCK skip }
#else
#define LOCK atomic { !locked -> locked = true };
#define UNLOCK locked = false
#endif

bool locked;
byte top = NIL; /* of the free stack */
byte n_free;
byte next[N_RECORDS];
byte state[N_RECORDS];
bool is_out[N_RECORDS];
bool is_leaving[N_RECORDS];
byte n_blockers[N_RECORDS];
byte generation[N_RECORDS];
byte ref_count[N_RECORDS * N_HANDLES];
bool is_divided;

/* Not of the pool: who may write which memory. */
byte owner[N_UNITS];

byte n_at_work = N_WORKERS;
byte n_given;                                 /* to readers, not let go of yet */
chan given = [N_WORKERS * N_ROUNDS] of { byte }; /* handles, each with a reference */

inline own (s, who)
{
  d_step {
    if
    :: s < N_OLD ->
       assert (owner[s * 2] == 0 && owner[s * 2 + 1] == 0);
       owner[s * 2] = who;
       owner[s * 2 + 1] = who
    :: else ->
       assert (owner[(s - N_OLD) * 3] == 0 && owner[(s - N_OLD) * 3 + 1] == 0 && owner[(s - N_OLD) * 3 + 2] == 0);
       owner[(s - N_OLD) * 3] = who;
       owner[(s - N_OLD) * 3 + 1] = who;
       owner[(s - N_OLD) * 3 + 2] = who
    fi
  }
}

inline disown (s)
{
  if
  :: s < N_OLD ->
     owner[s * 2] = 0;
     owner[s * 2 + 1] = 0
  :: else ->
     owner[(s - N_OLD) * 3] = 0;
     owner[(s - N_OLD) * 3 + 1] = 0;
     owner[(s - N_OLD) * 3 + 2] = 0
  fi
}

/* bag_pool_push_free () */
inline push_free (s)
{
  assert (top != s);
  state[s] = FREE;
  next[s] = top;
  top = s;
  n_free++
}

/* bag_pool_acquire (): NIL when nothing is free. */
inline acquire (h)
{
  LOCK
  if
  :: n_free > 0 ->
     s = top;
     assert (s != NIL);
     top = next[s];
     n_free--;
     assert (!is_out[s] && n_blockers[s] == 0);
     generation[s] = generation[s] + 1;
     is_out[s] = true;
     state[s] = FILLING;
     h = HANDLE (s);
     ref_count[h] = 1
  :: else ->
     h = NIL
  fi;
  UNLOCK
}

/* unblock () in bag_pool_leave () */
inline unblock (s)
{
  n_blockers[s] = n_blockers[s] - 1;
  if
  :: n_blockers[s] == 0 && state[s] == QUARANTINED -> push_free (s)
  :: else
  fi
}

/* bag_pool_leave (): old slots 0 and 1 touch the new one 3; 1 and 2 touch 4. */
inline leave (s)
{
  is_leaving[s] = false;
  state[s] = FREE;
#ifndef NO_QUARANTINE
  if
  :: s < 2 -> unblock (3)
  :: else
  fi;
  if
  :: s > 0 -> unblock (4)
  :: else
  fi
#endif
}

/* bag_slice_unref () of a reference that one has. The last goes on to bag_pool_release (). */
inline unref (h)
{
  atomic {
    assert (ref_count[h] > 0);
    ref_count[h] = ref_count[h] - 1;
    is_last = ref_count[h] == 0;
    if
    :: is_last -> disown (SLOT (h))
    :: else
    fi
  }
  if
  :: is_last ->
     LOCK
     s = SLOT (h);
     is_out[s] = false;
#ifdef DIVIDE
     if
     :: is_leaving[s] -> leave (s)
     :: else -> push_free (s)
     fi;
#else
     push_free (s);
#endif
     UNLOCK
  :: else
  fi
}

/* bag_slice_set_ready () */
inline set_ready (h)
{
  LOCK
  assert (ref_count[h] > 0);
  assert (state[SLOT (h)] == FILLING);
  state[SLOT (h)] = READY;
  UNLOCK
}

/*
 * Any call with a handle that one has let go of looks at its count first, and that has to refuse it: until
 * the slot has been handed out so often that the handle has come round again.
 */
inline try_stale ()
{
  atomic {
    if
    :: old != NIL && generation[SLOT (old)] - old_generation < N_HANDLES -> assert (ref_count[old] == 0)
    :: else
    fi
  }
}

proctype worker (byte id)
{
  byte round, s, h;
  byte old = NIL;
  byte old_generation;
  bool is_last;

  do
  :: round < N_ROUNDS ->
     round++;
     acquire (h);
     try_stale ();
     if
     :: h == NIL
     :: else ->
        own (SLOT (h), id);
        set_ready (h);
        if
        :: /* keep it alone */
           old_generation = generation[SLOT (h)];
           unref (h);
           old = h;
           try_stale ()
        :: /* a reader gets a reference, and lets go of it when it likes */
           atomic {
             assert (ref_count[h] > 0);
             ref_count[h] = ref_count[h] + 1;
             n_given++
           }
           given ! h;
           unref (h)
        fi
     fi;
     d_step { /* fewer states */
       s = 0;
       h = 0;
       is_last = false
     }
  :: else -> break
  od;
  n_at_work--
}

proctype reader ()
{
  byte s, h;
  bool is_last;

end:
  do
  :: given ? h ->
     assert (state[SLOT (h)] == READY);
     unref (h);
     d_step {
       n_given--;
       s = 0;
       h = 0;
       is_last = false
     }
  od
}

#ifdef DIVIDE
/* dissolve (), block_overlapped () and count_anew () of bag_pool_divide (); nobody else looks at what they touch. */
proctype divider ()
{
  byte i;

  LOCK
  is_divided = true;
  d_step {
    i = 0;
    do
    :: i < N_OLD ->
       if
       :: is_out[i] ->
          is_leaving[i] = true;
#ifndef NO_QUARANTINE
          if
          :: i < 2 -> n_blockers[3]++
          :: else
          fi;
          if
          :: i > 0 -> n_blockers[4]++
          :: else
          fi
#endif
       :: else
       fi;
       i++
    :: else -> break
    od;
    top = NIL;
    n_free = 0
  }
  i = N_RECORDS;
  do
  :: i > N_OLD ->
     i--;
     if
     :: n_blockers[i] > 0 -> state[i] = QUARANTINED
     :: else -> push_free (i)
     fi
  :: else -> break
  od;
  UNLOCK
}
#endif

/* When all is done: each slot of the present cut is home, and on the stack once. */
inline check_home ()
{
  d_step {
    n = 0;
    i = top;
    do
    :: i != NIL ->
       assert (n < N_RECORDS);
       assert (!is_listed[i]);
       assert (state[i] == FREE && !is_out[i] && !is_leaving[i]);
       is_listed[i] = true;
       n++;
       i = next[i]
    :: else -> break
    od;
    assert (n == n_free);
    assert (n == (is_divided -> N_RECORDS - N_OLD : N_OLD));
    i = 0;
    do
    :: i < N_RECORDS ->
       assert (!is_out[i] && !is_leaving[i] && n_blockers[i] == 0);
       i++
    :: else -> break
    od;
    i = 0;
    do
    :: i < N_UNITS ->
       assert (owner[i] == 0);
       i++
    :: else -> break
    od
  }
}

init
{
  byte i, n;
  bool is_listed[N_RECORDS];

  atomic {
    i = N_OLD;
    do
    :: i > 0 ->
       i--;
       push_free (i)
    :: else -> break
    od;
    i = 0;
    do
    :: i < N_WORKERS ->
       i++;
       run worker (i)
    :: else -> break
    od;
    run reader ();
#ifdef DIVIDE
    run divider ()
#endif
  }
#ifdef DIVIDE
  is_divided;
#endif
  n_at_work == 0 && n_given == 0 && !locked;
  check_home ()
}
