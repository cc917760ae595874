interface ImportMetaEnv {
  readonly VITE_ISSUER?: string;
  readonly VITE_DOMAIN?: string;
  readonly VITE_CLIENT_ID?: string;
}
