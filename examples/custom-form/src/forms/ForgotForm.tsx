import { forgotPassword } from '../cognito';
import { formShown } from '../session/appSlice';
import { useAppDispatch, useAppSelector } from '../session/store';
import { Field } from './Field';
import { FormFrame } from './FormFrame';
import { FormLink } from './FormLink';

export function ForgotForm() {
  const dispatch = useAppDispatch();
  const username = useAppSelector((state) => state.app.username);

  async function submit(typed: (name: string) => string) {
    const username = typed('username');
    await forgotPassword(username);
    // The same for names that nobody has: who asks does not learn which there are.
    const note = 'If there is such an account, a code is on its way to its e-mail address.';
    dispatch(formShown({ form: 'reset', username, note }));
  }

  return (
    <>
      <FormFrame title="Forgot your password?" submit="Send a code" onSubmit={submit}>
        <Field label="User name" name="username" autoComplete="username" value={username} autoFocus />
      </FormFrame>
      <p className="row">
        <FormLink form="signIn">Back to sign-in</FormLink>
      </p>
    </>
  );
}
