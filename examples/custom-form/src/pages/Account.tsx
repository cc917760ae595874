import { useEffect, useState } from 'react';

import type { Profile } from '../cognito';
import { inWords } from '../problem';
import { loadProfile, signOut } from '../session/session';
import { useAppDispatch } from '../session/store';

export function Account() {
  const dispatch = useAppDispatch();
  const [profile, setProfile] = useState<Profile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    // StrictMode runs this twice: the answer to the first run is not waited for.
    let isWanted = true;
    dispatch(loadProfile()).then(
      (loaded) => isWanted && setProfile(loaded),
      (error: unknown) => isWanted && setProblem(inWords(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [dispatch]);

  return (
    <>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {problem === null && profile === null && <p role="status">One moment, please …</p>}
      {profile !== null && (
        <>
          <p>
            You are signed in as <strong>{profile.username}</strong>.
          </p>
          <dl>
            <dt>E-mail address</dt>
            <dd>{profile.email}</dd>
          </dl>
        </>
      )}
      <button type="button" className="quiet" onClick={() => void dispatch(signOut())}>
        Sign out
      </button>
    </>
  );
}
