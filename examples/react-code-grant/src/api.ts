// The app's own API; see the folder `api`.

import axios, { isAxiosError } from 'axios';

export interface Profile {
  username: string;
  scopes: string[];
  // When the access token ends, as ISO 8601 writes it.
  validUntil: string;
}

// The access token goes to this API and nowhere else. The ID token goes to no API at all: it is for the app.
export async function fetchProfile(accessToken: string | null): Promise<Profile> {
  const headers = accessToken === null ? {} : { Authorization: `Bearer ${accessToken}` };
  try {
    const { data } = await axios.get<Profile>('/api/profile', { headers, timeout: 15_000 });
    return data;
  } catch (error) {
    if (isAxiosError(error) && error.response?.status === 401) {
      throw new Error('The API refused: it wants a valid access token.');
    }
    throw error;
  }
}
