import { signUp } from '../cognito';
import { formShown } from '../session/appSlice';
import { useAppDispatch } from '../session/store';
import { Field } from './Field';
import { FormFrame } from './FormFrame';
import { FormLink } from './FormLink';
import { PASSWORD_HINT } from './passwordHint';

export function SignUpForm() {
  const dispatch = useAppDispatch();

  async function submit(typed: (name: string) => string) {
    const username = typed('username');
    const email = typed('email');
    await signUp(username, email, typed('password'));
    dispatch(formShown({ form: 'confirm', username, note: `We have sent a code to ${email}.` }));
  }

  return (
    <>
      <FormFrame title="Create an account" submit="Create account" onSubmit={submit}>
        <Field label="User name" name="username" autoComplete="username" autoFocus />
        <Field label="E-mail address" name="email" type="email" autoComplete="email" />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint={PASSWORD_HINT}
        />
      </FormFrame>
      <p className="row">
        <FormLink form="signIn">Sign in instead</FormLink>
      </p>
    </>
  );
}
