import { isAxiosError } from 'axios';

// Says what went wrong in words for a person.
export function inWords(error: unknown): string {
  if (!isAxiosError<{ error?: string }>(error)) {
    return error instanceof Error ? error.message : 'Something went wrong. Please try again.';
  }
  if (error.response === undefined) return 'There is no answer. Please look at your connection and try again.';
  if (error.response.data?.error === 'invalid_grant') {
    return 'This sign-in took too long or was finished before. Please sign in again.';
  }
  return `The server answered with an error (${error.response.status}). Please try again.`;
}
