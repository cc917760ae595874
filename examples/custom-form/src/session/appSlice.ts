import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';

import type { Tokens } from '../cognito';
import { loadTokens } from './storedTokens';

// The forms. What is typed stays in them: a password is in no store.
export type Form = 'signIn' | 'signUp' | 'confirm' | 'forgot' | 'reset';

export interface AppState {
  form: Form;
  // Whose form it is, once that is known: filled in on the next one.
  username: string;
  // What the person should know before this form.
  note: string | null;
  // Null when nobody is signed in.
  tokens: Tokens | null;
}

function signedOut(note: string | null): AppState {
  return { form: 'signIn', username: '', note, tokens: null };
}

const slice = createSlice({
  name: 'app',
  initialState: (): AppState => ({ ...signedOut(null), tokens: loadTokens() }),
  reducers: {
    formShown(state, { payload }: PayloadAction<{ form: Form; username?: string; note?: string }>) {
      state.form = payload.form;
      state.username = payload.username ?? state.username;
      state.note = payload.note ?? null;
    },
    signedIn(state, { payload }: PayloadAction<Tokens>) {
      state.tokens = payload;
      state.note = null;
    },
    sessionEnded(_, { payload }: PayloadAction<{ note: string | null }>) {
      return signedOut(payload.note);
    },
  },
});

export const { formShown, signedIn, sessionEnded } = slice.actions;
export const appReducer = slice.reducer;
