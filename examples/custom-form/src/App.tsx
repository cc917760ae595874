import { Account } from './pages/Account';
import { ConfirmForm } from './forms/ConfirmForm';
import { ForgotForm } from './forms/ForgotForm';
import { ResetForm } from './forms/ResetForm';
import { SignInForm } from './forms/SignInForm';
import { SignUpForm } from './forms/SignUpForm';
import type { Form } from './session/appSlice';
import { useAppSelector } from './session/store';

const FORMS: Record<Form, () => React.JSX.Element> = {
  signIn: SignInForm,
  signUp: SignUpForm,
  confirm: ConfirmForm,
  forgot: ForgotForm,
  reset: ResetForm,
};

export function App() {
  const { form, note, tokens } = useAppSelector((state) => state.app);
  const Shown = FORMS[form];
  return (
    <main>
      <h1>Custom form example</h1>
      <p className="note" role="status">
        {note}
      </p>
      {tokens === null ? <Shown key={form} /> : <Account />}
      <p className="aside">
        Or see <a href="/authenticator.html">the same with Amplify&rsquo;s Authenticator</a>.
      </p>
    </main>
  );
}
