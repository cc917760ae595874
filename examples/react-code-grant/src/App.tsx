import { useEffect } from 'react';

import { Account } from './pages/Account';
import { Welcome } from './pages/Welcome';
import { startSession } from './session/startSession';
import { useAppDispatch, useAppSelector } from './storeTypes';

export function App() {
  const dispatch = useAppDispatch();
  const { phase, session, problem } = useAppSelector((state) => state.session);

  useEffect(() => {
    void dispatch(startSession());
  }, [dispatch]);

  return (
    <main>
      <h1>Code grant example</h1>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {phase !== 'ready' && <p role="status">One moment, please …</p>}
      {phase === 'ready' && (session === null ? <Welcome /> : <Account session={session} />)}
    </main>
  );
}
