import { useId } from 'react';

interface Props {
  label: string;
  name: string;
  type?: 'text' | 'email' | 'password';
  // Tells browsers and password managers what to fill in.
  autoComplete: 'username' | 'email' | 'current-password' | 'new-password' | 'one-time-code';
  value?: string;
  hint?: string;
  autoFocus?: boolean;
}

export function Field({ label, name, type = 'text', autoComplete, value = '', hint, autoFocus = false }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        {...(autoComplete === 'one-time-code' && { inputMode: 'numeric' as const })}
        defaultValue={value}
        required
        autoFocus={autoFocus}
        {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
