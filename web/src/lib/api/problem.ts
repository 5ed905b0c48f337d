/** The API's refusals (RFC 9457) as typed errors. Code branches on `code`; people read the translated sentence. */

export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string | null,
    readonly requestId: string | null,
    /** What this refusal says beyond RFC 9457: the lead that has the number, the rule that forbids. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail ?? code);
    this.name = 'ApiProblem';
  }

  /** Whether asking again may help without anybody changing anything. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What the network, and not the API, refused. */
export const OFFLINE = 'offline';

export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const members = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return new ApiProblem(
    response.status,
    text(members['code']) ?? `http_${response.status}`,
    text(members['detail']),
    response.headers.get('x-request-id'),
    members,
  );
}

/** A page's code or style could not be fetched; the browser and Vite say so in their own words alone. */
export function isUnfetchedPart(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|importing a module script|preload CSS/i.test(error.message);
}

/** The problem behind any error of a query or a mutation. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof TypeError || isUnfetchedPart(error)) return new ApiProblem(0, OFFLINE, null, null);
  return new ApiProblem(0, 'unexpected', error instanceof Error ? error.message : null, null);
}
