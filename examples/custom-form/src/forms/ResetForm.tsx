import { resetPassword } from '../cognito';
import { formShown } from '../session/appSlice';
import { useAppDispatch, useAppSelector } from '../session/store';
import { Field } from './Field';
import { FormFrame } from './FormFrame';
import { FormLink } from './FormLink';
import { PASSWORD_HINT } from './passwordHint';

export function ResetForm() {
  const dispatch = useAppDispatch();
  const username = useAppSelector((state) => state.app.username);

  async function submit(typed: (name: string) => string) {
    await resetPassword(username, typed('code'), typed('password'));
    dispatch(formShown({ form: 'signIn', note: 'Your password is changed. Please sign in.' }));
  }

  return (
    <>
      <FormFrame title="Choose a new password" submit="Change password" onSubmit={submit}>
        <Field label="Code" name="code" autoComplete="one-time-code" autoFocus />
        <Field
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint={PASSWORD_HINT}
        />
      </FormFrame>
      <p className="row">
        <FormLink form="forgot">Send a new code</FormLink>
      </p>
    </>
  );
}
