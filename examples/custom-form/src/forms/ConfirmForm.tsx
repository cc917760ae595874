import { useState } from 'react';

import { confirmSignUp, sendCodeAgain } from '../cognito';
import { inWords } from '../problem';
import { formShown } from '../session/appSlice';
import { useAppDispatch, useAppSelector } from '../session/store';
import { Field } from './Field';
import { FormFrame } from './FormFrame';

export function ConfirmForm() {
  const dispatch = useAppDispatch();
  const username = useAppSelector((state) => state.app.username);
  const [sent, setSent] = useState<string | null>(null);

  async function submit(typed: (name: string) => string) {
    await confirmSignUp(username, typed('code'));
    dispatch(formShown({ form: 'signIn', note: 'Your account is ready. Please sign in.' }));
  }

  async function sendAgain() {
    setSent(await sendCodeAgain(username).then(() => 'A new code is on its way.', inWords));
  }

  return (
    <>
      <FormFrame title="Confirm your e-mail address" submit="Confirm" onSubmit={submit}>
        <Field label="Code" name="code" autoComplete="one-time-code" autoFocus />
      </FormFrame>
      <p className="row">
        <button type="button" className="link" onClick={() => void sendAgain()}>
          Send a new code
        </button>
        <span role="status">{sent}</span>
      </p>
    </>
  );
}
