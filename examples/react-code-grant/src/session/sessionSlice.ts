import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';

import type { Session } from './session';
import { startSession } from './startSession';

export interface SessionState {
  // `new`: the page has just been loaded. `starting`: we find out whether somebody is signed in.
  phase: 'new' | 'starting' | 'ready';
  // Null when nobody is signed in.
  session: Session | null;
  // What went wrong, in words for the person.
  problem: string | null;
}

const initialState: SessionState = { phase: 'new', session: null, problem: null };

const slice = createSlice({
  name: 'session',
  initialState,
  reducers: {
    sessionRenewed(state, { payload }: PayloadAction<Session>) {
      state.session = payload;
    },
    sessionEnded(state, { payload }: PayloadAction<{ problem: string | null }>) {
      state.session = null;
      state.problem = payload.problem;
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(startSession.pending, (state) => {
        state.phase = 'starting';
      })
      .addCase(startSession.fulfilled, (_, { payload }) => ({ phase: 'ready', ...payload }))
      .addCase(startSession.rejected, (_, { error }) => ({
        phase: 'ready',
        session: null,
        problem: error.message ?? 'The page could not be started.',
      }));
  },
});

export const { sessionRenewed, sessionEnded } = slice.actions;
export const sessionReducer = slice.reducer;
