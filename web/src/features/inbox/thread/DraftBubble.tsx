/** The reply that the agent proposes: a person lets it leave, in other words maybe, or drops it (PRODUCT §8.5). */
import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { ErrorBox } from '@/components/ErrorBox';
import { useConnection } from '@/lib/live/state';
import { can, useMe } from '@/lib/session/session';
import { draftQuery, type Conversation, type Draft } from '@/features/inbox/queries';
import { tooLong } from '@/features/inbox/composer/length';
import { Choices } from './Choices';
import { useDraftActs } from './approving';
import styles from './Thread.module.css';

export function DraftBubble({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const { tenant } = useMe();
  const draft = useQuery(draftQuery(conversation.id));
  if (draft.isError) return <ErrorBox error={draft.error} retry={() => void draft.refetch()} />;
  if (!draft.data) return null;
  return (
    <article
      key={draft.data.turn_id}
      className={styles['message']}
      data-kind="agent"
      data-draft
      aria-label={t('inbox.draft.title', { agent: tenant.agent_name })}
    >
      <span className={styles['author']}>
        <span aria-hidden>◈ </span>
        {tenant.agent_name} <Badge meaning="inverse">{t('turn.awaiting_approval')}</Badge>
      </span>
      <Proposal key={draft.data.turn_id} conversation={conversation} draft={draft.data} />
    </article>
  );
}

function Proposal({ conversation, draft }: { readonly conversation: Conversation; readonly draft: Draft }) {
  const { t } = useTranslation();
  const me = useMe();
  const offline = useConnection() === 'offline';
  const [text, setText] = useState<string | null>(null);
  const { approve, discard, busy } = useDraftActs(conversation);
  const choices = draft.choices.map((choice) => ({ ...choice, description: choice.description ?? '' }));
  const said = text ?? draft.text;
  const send = () => approve(draft.turn_id, said.trim() === draft.text ? null : said.trim());
  return (
    <>
      <div className={styles['bubble']}>
        {text === null ? (
          <p lang={conversation.language ?? undefined}>{draft.text}</p>
        ) : (
          <Textarea
            autosize
            autoFocus
            className={styles['edit'] ?? ''}
            onFocus={({ currentTarget: box }) => box.setSelectionRange(box.value.length, box.value.length)}
            minRows={2}
            maxRows={10}
            w={480}
            maw="100%"
            value={text}
            lang={conversation.language ?? undefined}
            aria-label={t('inbox.draft.text')}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setText(null);
              if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                event.preventDefault();
                if (said.trim() !== '' && !tooLong(said)) send();
              }
            }}
          />
        )}
        {choices.length > 0 && <Choices choices={choices} language={conversation.language} />}
      </div>
      {can(me, 'conversations.write') && (
        <div className={styles['ways']}>
          <Button
            size="compact-md"
            loading={busy}
            disabled={offline || said.trim() === '' || tooLong(said)}
            title={offline ? t('inbox.offline') : undefined}
            onClick={send}
          >
            {t('inbox.draft.send')}
          </Button>
          {text === null ? (
            <Button size="compact-md" variant="default" onClick={() => setText(draft.text)}>
              {t('inbox.draft.edit')}
            </Button>
          ) : (
            <Button size="compact-md" variant="default" onClick={() => setText(null)}>
              {t('inbox.draft.cancel')}
            </Button>
          )}
          <Button size="compact-md" variant="subtle" color="gray" disabled={busy || offline} onClick={() => discard(draft.turn_id)}>
            {t('inbox.draft.discard')}
          </Button>
        </div>
      )}
    </>
  );
}
