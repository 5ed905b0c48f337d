/** What the agent may cite: how it is read, added, changed and asked. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, refusalOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';
import { knowledgeKey } from './keys';

export type Document = Schemas['DocumentView'];
export type Known = Schemas['KnownView'];
export type Hit = Schemas['HitView'];
export type Question = Schemas['QuestionView'];
export type Meaning = Schemas['MeaningView'];
export type Faq = Schemas['FaqBody'];

export const documentsQuery = infiniteQueryOptions({
  queryKey: [...knowledgeKey, 'documents'],
  queryFn: async ({ signal, pageParam }) => {
    const query = { limit: 100, ...(pageParam && { cursor: pageParam }) };
    return bodyOf(await api.GET('/agent/knowledge/documents', { params: { query }, signal }));
  },
  ...pageParams,
});

export const documentQuery = (id: number) =>
  queryOptions({
    queryKey: [...knowledgeKey, 'document', id],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/agent/knowledge/documents/{document_id}', { params: { path: { document_id: id } }, signal })),
  });

export const questionsQuery = (state: 'open' | 'proposed') =>
  queryOptions({
    queryKey: [...knowledgeKey, 'questions', state],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/agent/knowledge/questions', { params: { query: { state, limit: 50 } }, signal })).items,
  });

export const meaningQuery = queryOptions({
  queryKey: [...knowledgeKey, 'meaning'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/agent/knowledge/meaning', { signal })),
});

export async function addText(body: Schemas['KnowledgeTextBody']): Promise<Document> {
  return bodyOf(await api.POST('/agent/knowledge/texts', { body }));
}

export async function replaceText(id: number, body: Schemas['KnowledgeTextBody']): Promise<Document> {
  return bodyOf(await api.PUT('/agent/knowledge/texts/{document_id}', { params: { path: { document_id: id } }, body }));
}

export async function addPage(url: string): Promise<Document> {
  return bodyOf(await api.POST('/agent/knowledge/pages', { body: { url } }));
}

export async function keepFaq(id: number | null, body: Faq): Promise<Document> {
  if (id === null) return bodyOf(await api.POST('/agent/knowledge/faq', { body }));
  return bodyOf(await api.PUT('/agent/knowledge/faq/{document_id}', { params: { path: { document_id: id } }, body }));
}

/** A file as it is; `replaces` names the document whose next version it is. Half a character in its name, which no encoding knows, is replaced. */
export async function uploadFile(file: File, replaces?: number): Promise<Document> {
  const address = '/agent/knowledge/files';
  const headers = {
    'X-Nexus-CSRF': '1',
    'Content-Type': 'application/octet-stream',
    'X-File-Name': encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(file.name))),
    ...(replaces !== undefined && { 'X-Replaces': String(replaces) }),
  };
  const answer = await fetch(address, { method: 'POST', headers, body: file });
  if (!answer.ok) throw await refusalOf(address, answer);
  return (await answer.json()) as Document;
}

export async function readAgain(id: number): Promise<void> {
  await api.POST('/agent/knowledge/documents/{document_id}/read-again', { params: { path: { document_id: id } } });
}

export async function forget(id: number): Promise<void> {
  await api.DELETE('/agent/knowledge/documents/{document_id}', { params: { path: { document_id: id } } });
}

export async function restore(id: number): Promise<void> {
  await api.POST('/agent/knowledge/documents/{document_id}/restore', { params: { path: { document_id: id } } });
}

export async function approve(id: number, body: Faq): Promise<void> {
  await api.POST('/agent/knowledge/questions/{question_id}/approve', { params: { path: { question_id: id } }, body });
}

export async function dismiss(id: number): Promise<void> {
  await api.POST('/agent/knowledge/questions/{question_id}/dismiss', { params: { path: { question_id: id } } });
}

export async function reopen(id: number): Promise<void> {
  await api.POST('/agent/knowledge/questions/{question_id}/reopen', { params: { path: { question_id: id } } });
}

export async function ask(question: string): Promise<readonly Hit[]> {
  return bodyOf(await api.POST('/agent/knowledge/ask', { body: { question } })).items;
}

export async function changeMeaning(body: Schemas['MeaningBody']): Promise<Meaning> {
  return bodyOf(await api.PUT('/agent/knowledge/meaning', { body }));
}
