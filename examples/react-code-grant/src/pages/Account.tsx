import type { Session } from '../session/session';
import { signOut } from '../session/signOut';
import { useAppDispatch } from '../storeTypes';
import { ApiCall } from './ApiCall';

export function Account({ session }: { session: Session }) {
  const dispatch = useAppDispatch();
  const { user, expiresAt } = session;
  return (
    <>
      <p>
        You are signed in as <strong>{user.username}</strong>.
      </p>
      <dl>
        <dt>E-mail address</dt>
        <dd>{user.email}</dd>
        <dt>Access token valid until</dt>
        <dd>
          <time dateTime={new Date(expiresAt).toISOString()}>{new Date(expiresAt).toLocaleTimeString()}</time>
        </dd>
      </dl>
      <ApiCall />
      <button type="button" className="quiet" onClick={() => void dispatch(signOut())}>
        Sign out
      </button>
    </>
  );
}
