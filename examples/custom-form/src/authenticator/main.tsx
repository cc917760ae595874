// Amplify UI's Authenticator as it comes: sign-in by SRP, sign-up, confirmation, reset, second factors.

import { Amplify } from 'aws-amplify';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@aws-amplify/ui-react/styles.css';

import { config } from '../config';
import { AuthenticatorPage } from './AuthenticatorPage';
import './page.css';

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: config.userPoolId,
      userPoolClientId: config.clientId,
      // The one line that leads to another place than AWS.
      ...(config.endpoint !== null && { userPoolEndpoint: config.endpoint }),
      loginWith: { username: true },
      userAttributes: { email: { required: true } },
    },
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('authenticator.html has no element #root');

createRoot(root).render(
  <StrictMode>
    <AuthenticatorPage />
  </StrictMode>,
);
