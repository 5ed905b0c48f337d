/** How canned replies are kept, changed and forgotten, and who writes the company's. */
import { api, bodyOf } from '@/lib/api/client';
import type { Canned, Wording } from '@/lib/canned/canned';
import type { Me } from '@/lib/session/session';

export async function keepCanned(body: Wording): Promise<Canned> {
  return bodyOf(await api.POST('/chat/canned-replies', { body }));
}

export async function changeCanned(id: number, body: Wording): Promise<Canned> {
  return bodyOf(await api.PUT('/chat/canned-replies/{canned_id}', { params: { path: { canned_id: id } }, body }));
}

export async function forgetCanned(id: number): Promise<void> {
  await api.DELETE('/chat/canned-replies/{canned_id}', { params: { path: { canned_id: id } } });
}

export function wordingOf({ title, shortcut, text, language, shared }: Canned): Wording {
  return { title, shortcut, text, language, shared };
}

/** Whether somebody writes the company's replies; their own everybody does. */
export function mayShare(me: Me): boolean {
  return me.permissions.some(({ permission, scope }) => permission === 'canned.write' && scope === 'tenant');
}
