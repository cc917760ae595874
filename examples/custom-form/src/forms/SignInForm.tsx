import { sendCodeAgain, signIn } from '../cognito';
import { isNamed } from '../problem';
import { formShown, signedIn } from '../session/appSlice';
import { useAppDispatch, useAppSelector } from '../session/store';
import { Field } from './Field';
import { FormFrame } from './FormFrame';
import { FormLink } from './FormLink';

export function SignInForm() {
  const dispatch = useAppDispatch();
  const username = useAppSelector((state) => state.app.username);

  async function submit(typed: (name: string) => string) {
    const username = typed('username');
    try {
      dispatch(signedIn(await signIn(username, typed('password'))));
    } catch (error) {
      // The password was right in both cases.
      if (isNamed(error, 'UserNotConfirmedException')) {
        await sendCodeAgain(username);
        const note = 'Please confirm your e-mail address first. We have sent you a new code.';
        dispatch(formShown({ form: 'confirm', username, note }));
      } else if (isNamed(error, 'PasswordResetRequiredException')) {
        dispatch(formShown({ form: 'forgot', username, note: 'You need a new password.' }));
      } else {
        throw error;
      }
    }
  }

  return (
    <>
      <FormFrame title="Sign in" submit="Sign in" onSubmit={submit}>
        <Field label="User name" name="username" autoComplete="username" value={username} autoFocus />
        <Field label="Password" name="password" type="password" autoComplete="current-password" />
      </FormFrame>
      <p className="row">
        <FormLink form="signUp">Create an account</FormLink>
        <FormLink form="forgot">Forgot your password?</FormLink>
      </p>
    </>
  );
}
