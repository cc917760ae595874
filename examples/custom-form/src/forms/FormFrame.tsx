import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';

import { inWords } from '../problem';

interface Props {
  title: string;
  submit: string;
  // Gets what was typed, by the names of the fields. What it throws is shown in words.
  onSubmit: (typed: (name: string) => string) => Promise<void>;
  children: ReactNode;
}

// What every form has: a title, one request at a time, and the reason where it did not work.
export function FormFrame({ title, submit, onSubmit, children }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit((name) => String(fields.get(name) ?? ''));
    } catch (error) {
      setProblem(inWords(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void send(event)} aria-labelledby="form-title">
      <h2 id="form-title">{title}</h2>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {children}
      <button disabled={isBusy}>{isBusy ? 'One moment …' : submit}</button>
    </form>
  );
}
