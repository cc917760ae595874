import {
  Authenticator,
  Button,
  Heading,
  Link,
  Text,
  ThemeProvider,
  View,
  defaultDarkModeOverride,
} from '@aws-amplify/ui-react';

// The library's own colours, light or dark as the browser wants them.
const theme = { name: 'example', overrides: [defaultDarkModeOverride] };

export function AuthenticatorPage() {
  return (
    <ThemeProvider theme={theme} colorMode="system">
      <View as="main" backgroundColor="background.primary" minHeight="100vh" padding="3rem 1.25rem">
        <Authenticator>
          {({ user, signOut }) => (
            <View maxWidth="28rem" margin="0 auto">
              <Heading level={1} fontSize="1.75rem">Authenticator example</Heading>
              <Text margin="1.5rem 0">
                You are signed in as <strong>{user?.username}</strong>.
              </Text>
              <Button onClick={() => signOut?.()}>Sign out</Button>
            </View>
          )}
        </Authenticator>
        <Text textAlign="center" margin="1.5rem 0">
          Or see <Link href="/">the same with forms of our own</Link>.
        </Text>
      </View>
    </ThemeProvider>
  );
}
