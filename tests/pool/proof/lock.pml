/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lock of the pool, for spin, on a processor that keeps stores for a while: what a thread
 * has stored plainly is seen by the others only once its buffer is emptied, which happens at
 * any time, at a locked operation of its own, and at a barrier that somebody asks the kernel for.
 *
 * NO_BARRIER leaves that last one out, LATE_COUNT has a waiter say only after the barrier that
 * it waits: there spin must find that somebody sleeps for ever.
 */
#ifndef N_THREADS
#define N_THREADS 3
#endif
#ifndef N_ROUNDS
#define N_ROUNDS 2
#endif

bool is_held;
byte n_waiting;
byte n_inside;

bool buffered[N_THREADS]; /* a store of "not held" that others do not see yet */
bool asleep[N_THREADS];

inline drain (t)
{
  if
  :: buffered[t] -> is_held = false; buffered[t] = false
  :: else
  fi
}

inline drain_all ()
{
  k = 0;
  do
  :: k < N_THREADS -> drain (k); k++
  :: else -> break
  od;
  k = 0
}

/* A locked operation empties the own buffer first. */
inline exchange (was_held)
{
  atomic { drain (me); was_held = is_held; is_held = true }
}

inline say_waiting ()
{
  atomic { drain (me); n_waiting++ }
}

inline barrier ()
{
#ifdef NO_BARRIER
  skip
#else
  atomic { drain_all () }
#endif
}

inline take ()
{
  exchange (was_held);
  if
  :: !was_held
  :: else ->
#ifdef LATE_COUNT
     barrier ();
     say_waiting ();
#else
     say_waiting ();
     barrier ();
#endif
     do
     :: exchange (was_held);
        if
        :: !was_held -> break
        :: else
        fi;
        /* The kernel looks before it lets one sleep; what it does is locked. */
        atomic { drain (me); if :: is_held -> asleep[me] = true :: else fi };
        !asleep[me]
     od;
     atomic { drain (me); n_waiting-- }
  fi
}

/* Wakes one that sleeps, if there is one. */
inline wake ()
{
  atomic {
    drain (me);
    if
    :: asleep[0] -> asleep[0] = false
    :: asleep[1] -> asleep[1] = false
#if N_THREADS > 2
    :: asleep[2] -> asleep[2] = false
#endif
    :: else
    fi
  }
}

/* Plain: the store goes into the buffer, the look at the count does not wait for it. */
inline give ()
{
  buffered[me] = true;
  if
  :: n_waiting > 0 -> wake ()
  :: else
  fi
}

proctype thread (byte me)
{
  bool was_held;
  byte round;
  byte k;

  do
  :: round < N_ROUNDS ->
     take ();
     n_inside++;
     assert (n_inside == 1);
     n_inside--;
     give ();
     round++
  :: else -> break
  od;
  round = 0;
  was_held = false
}

/* The processor empties a buffer when it likes, and at last. */
proctype processor (byte me)
{
end:
  do
  :: atomic { buffered[me] -> drain (me) }
  od
}

init
{
  atomic {
    byte t = 0;
    do
    :: t < N_THREADS -> run thread (t); run processor (t); t++
    :: else -> break
    od;
    t = 0
  }
}
