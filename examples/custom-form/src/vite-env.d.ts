interface ImportMetaEnv {
  readonly VITE_ENDPOINT?: string;
  readonly VITE_USER_POOL_ID?: string;
  readonly VITE_CLIENT_ID?: string;
}
