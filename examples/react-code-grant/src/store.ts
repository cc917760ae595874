import { configureStore } from '@reduxjs/toolkit';

import { sessionListener } from './session/sessionListener';
import { sessionReducer } from './session/sessionSlice';

export const store = configureStore({
  reducer: { session: sessionReducer },
  middleware: (defaults) => defaults().prepend(sessionListener.middleware),
  // The store holds tokens: a build for other people does not show it to browser extensions.
  devTools: import.meta.env.DEV,
});
