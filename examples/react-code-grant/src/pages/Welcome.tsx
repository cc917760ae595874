import { goToSignIn } from '../oauth/leave';

export function Welcome() {
  return (
    <>
      <p>You are signed out. The button leads to the sign-in page and back.</p>
      <button type="button" onClick={() => void goToSignIn()}>
        Sign in
      </button>
    </>
  );
}
