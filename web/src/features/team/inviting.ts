/** Open invitations and links that are made for people: read, sent again, taken back. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';

export type Invitation = Schemas['InvitationView'];
export type NewInvitation = Schemas['InviteBody'];
export type Issued = Schemas['IssuedView'];
export type Invited = Schemas['InvitedView'];

/** Everybody but a ceo, whom nobody invites. */
export const INVITED_ROLES = ['secretary', 'setter', 'closer', 'professional'] as const satisfies readonly NewInvitation['role'][];

export const invitationsKey = ['accounts', 'invitations'] as const;

export const invitationsQuery = queryOptions({
  queryKey: invitationsKey,
  queryFn: ({ signal }) =>
    everyPage(async (cursor) => bodyOf(await api.GET('/admin/core/invitations', { params: { query: { cursor, limit: 100 } }, signal }))),
});

export async function invite(body: NewInvitation): Promise<Invited> {
  return bodyOf(await api.POST('/admin/core/invitations', { body }));
}

export async function resend(id: number): Promise<Invited> {
  return bodyOf(await api.POST('/admin/core/invitations/{invitation_id}/resend', { params: { path: { invitation_id: id } } }));
}

export async function revoke(id: number): Promise<void> {
  await api.DELETE('/admin/core/invitations/{invitation_id}', { params: { path: { invitation_id: id } } });
}

export async function makeResetLink(userId: number): Promise<Issued> {
  return bodyOf(await api.POST('/admin/core/users/{user_id}/reset-link', { params: { path: { user_id: userId } } }));
}

export async function dismissRequest(userId: number): Promise<void> {
  await api.DELETE('/admin/core/users/{user_id}/reset-request', { params: { path: { user_id: userId } } });
}

export function isOver(invitation: Invitation, now: number): boolean {
  return invitation.expires_at === null || Date.parse(invitation.expires_at) <= now;
}
