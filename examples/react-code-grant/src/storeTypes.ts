// The types of the store, apart from it: what is dispatched to the store must not need the store itself.

import type { ThunkAction, ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import { useDispatch, useSelector } from 'react-redux';

import type { SessionState } from './session/sessionSlice';

export interface RootState {
  session: SessionState;
}

export type AppThunk<Result> = ThunkAction<Result, RootState, undefined, UnknownAction>;
export type AppDispatch = ThunkDispatch<RootState, undefined, UnknownAction>;

export const useAppDispatch = useDispatch.withTypes<AppDispatch>();
export const useAppSelector = useSelector.withTypes<RootState>();
