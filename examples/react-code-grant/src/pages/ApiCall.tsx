import { useState } from 'react';

import { fetchProfile } from '../api';
import type { Profile } from '../api';
import { inWords } from '../problem';
import { freshAccessToken } from '../session/renewSession';
import { useAppDispatch } from '../storeTypes';

type Outcome = { profile: Profile } | { problem: string } | null;

export function ApiCall() {
  const dispatch = useAppDispatch();
  const [outcome, setOutcome] = useState<Outcome>(null);

  async function call(withToken: boolean) {
    setOutcome(null);
    try {
      const accessToken = withToken ? await dispatch(freshAccessToken()) : null;
      setOutcome({ profile: await fetchProfile(accessToken) });
    } catch (error) {
      setOutcome({ problem: inWords(error) });
    }
  }

  return (
    <section aria-labelledby="api">
      <h2 id="api">The API</h2>
      <div className="row">
        <button type="button" onClick={() => void call(true)}>
          Call the API
        </button>
        <button type="button" className="quiet" onClick={() => void call(false)}>
          Call it without a token
        </button>
      </div>
      <div aria-live="polite">
        {outcome !== null && 'profile' in outcome && (
          <p className="answer">
            The API knows you as <strong>{outcome.profile.username}</strong>, by a token for{' '}
            {outcome.profile.scopes.join(', ')}.
          </p>
        )}
        {outcome !== null && 'problem' in outcome && <p className="problem">{outcome.problem}</p>}
      </div>
    </section>
  );
}
