// What follows from every change of the session: it is kept for a reload, and renewed before it ends.

import { createListenerMiddleware } from '@reduxjs/toolkit';

import type { AppDispatch, RootState } from '../storeTypes';
import { renewSession } from './renewSession';
import { renewalTime } from './session';
import { saveSession } from './storedSession';

// After a renewal that got no answer.
const PAUSE = 30_000;

export const sessionListener = createListenerMiddleware<RootState, AppDispatch>();

sessionListener.startListening({
  predicate: (_, now, before) => now.session.session !== before.session.session,
  effect: async (_, listener) => {
    // The timer of the session before this one.
    listener.cancelActiveListeners();
    const { session } = listener.getState().session;
    saveSession(session);
    if (session === null) return;
    await listener.delay(Math.max(0, renewalTime(session) - Date.now()));
    // A renewal that succeeds changes the session, and so ends this loop.
    for (;;) {
      await listener.dispatch(renewSession()).catch(() => undefined);
      await listener.delay(PAUSE);
    }
  },
});
