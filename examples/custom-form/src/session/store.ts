import { configureStore } from '@reduxjs/toolkit';
import { useDispatch, useSelector } from 'react-redux';

import { appReducer } from './appSlice';
import { saveTokens } from './storedTokens';

export const store = configureStore({
  reducer: { app: appReducer },
  // The store holds tokens: a build for other people does not show it to browser extensions.
  devTools: import.meta.env.DEV,
});

store.subscribe(() => saveTokens(store.getState().app.tokens));

export type RootState = ReturnType<typeof store.getState>;
export type AppDispatch = typeof store.dispatch;
export type AppThunk<Result> = (dispatch: AppDispatch, getState: () => RootState) => Result;

export const useAppDispatch = useDispatch.withTypes<AppDispatch>();
export const useAppSelector = useSelector.withTypes<RootState>();
