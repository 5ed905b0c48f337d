/** The one door to the API: our types, the CSRF header, typed refusals, and a lost session told to whoever listens. */
import createClient, { type Middleware } from 'openapi-fetch';
import { problemOf, type ApiProblem } from './problem';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

let onSignedOut: () => void = () => undefined;

/** What to do once the API says that nobody is logged in. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

let onOwing: () => void = () => undefined;

/** What to do once the API says that the company wants a second factor first. */
export function whenOwing(listener: () => void): void {
  onOwing = listener;
}

const guard: Middleware = {
  async onResponse({ request, response }) {
    if (response.ok) return undefined;
    throw await refusalOf(new URL(request.url).pathname, response);
  },
};

/** What an answer refuses; a lost session is told to whoever listens. */
export async function refusalOf(path: string, response: Response): Promise<ApiProblem> {
  if (response.status === 401 && !path.startsWith('/auth/login')) onSignedOut();
  const problem = await problemOf(response);
  if (problem.code === 'totp_required') onOwing();
  return problem;
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  headers: { 'X-Nexus-CSRF': '1' },
});
api.use(guard);

/** The body of an answer; the guard has thrown for every other. */
export function bodyOf<Body>(answer: { data?: Body }): NonNullable<Body> {
  if (answer.data === undefined || answer.data === null) throw new TypeError('the answer has no body');
  return answer.data;
}
