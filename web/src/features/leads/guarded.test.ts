import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeSeen } from './guarded';
import { aLead } from './sample';

/** The client takes `fetch` when it is loaded. */
const net = vi.hoisted(() => {
  const door: { answer: (request: Request) => Promise<Response> } = { answer: () => Promise.reject(new Error('closed')) };
  globalThis.fetch = (request) => door.answer(request as Request);
  return door;
});

const asked: { method: string; tag: string | null }[] = [];
const answers: Response[] = [];
const json = (body: unknown, status = 200, tag = '"a"') =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', etag: tag } });

beforeEach(() => {
  net.answer = (request) => {
    asked.push({ method: request.method, tag: request.headers.get('if-match') });
    return Promise.resolve(answers.shift() ?? json({}, 500));
  };
});
afterEach(() => {
  asked.length = 0;
  answers.length = 0;
});

describe('an edit of what was seen', () => {
  const seen = aLead({ id: 3, company: 'Acme' });

  it('is written on the version that it was compared with', async () => {
    answers.push(json(seen, 200, '"v1"'), json({ ...seen, company: 'Beta' }));
    await expect(changeSeen(seen, { company: 'Beta' })).resolves.toMatchObject({ company: 'Beta' });
    expect(asked).toEqual([
      { method: 'GET', tag: null },
      { method: 'PATCH', tag: '"v1"' },
    ]);
  });

  it('writes nothing where somebody else changed the same field, and says what it is now', async () => {
    const now = { ...seen, company: 'Theirs' };
    answers.push(json(now));
    await expect(changeSeen(seen, { company: 'Mine' })).rejects.toMatchObject({ code: 'conflict', members: { now } });
    expect(asked.map(({ method }) => method)).toEqual(['GET']);
  });

  it('looks again where another field changed in between', async () => {
    const later = { ...seen, score: 90 };
    answers.push(json(seen, 200, '"v1"'), json({ code: 'stale' }, 412), json(later, 200, '"v2"'), json({ ...later, company: 'B' }));
    await expect(changeSeen(seen, { company: 'B' })).resolves.toMatchObject({ company: 'B', score: 90 });
    expect(asked.map(({ tag }) => tag)).toEqual([null, '"v1"', null, '"v2"']);
  });
});
