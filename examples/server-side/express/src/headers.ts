// What browsers are told about every answer.

import type { NextFunction, Request, Response } from 'express';

import { signOutAddress } from './identityServer';

// No scripts at all, and forms go here alone: the one that signs out is led on to the identity server.
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  `form-action 'self' ${new URL(signOutAddress()).origin}`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

export function securityHeaders(_request: Request, response: Response, next: NextFunction) {
  response.set('Content-Security-Policy', POLICY);
  response.set('X-Content-Type-Options', 'nosniff');
  // The address of the callback holds a code: it is no other site's business.
  response.set('Referrer-Policy', 'no-referrer');
  next();
}
