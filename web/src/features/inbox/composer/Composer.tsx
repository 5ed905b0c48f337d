/** Where a person answers or leaves a note: `Enter` sends, `Shift+Enter` breaks the line, what is not sent stays. */
import { ActionIcon, Button, Kbd, Textarea } from '@mantine/core';
import { IconMessageBolt, IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { gapsIn, type Gap } from '@/lib/canned/gaps';
import { withWords } from '@/lib/i18n';
import { useShortcut } from '@/lib/keys/keys';
import { useConnection } from '@/lib/live/state';
import { can, useMe } from '@/lib/session/session';
import { useNow } from '@/lib/time/useNow';
import { focusRegion } from '@/lib/keys/regions';
import { modeOf, pauseLeft, windowLeft, type Conversation } from '@/features/inbox/queries';
import { AgentLine } from './AgentLine';
import type { PickerKeys } from './CannedPicker';
import styles from './Composer.module.css';
import { useDrafts } from './drafts';
import { left, tooLong } from './length';
import { ruleOf, whyNotSent } from './refusals';
import { enter, send, type Kind } from './sending';
import { WindowWords } from './WindowWords';

const Attach = lazy(() => withWords(import('@/features/inbox/attach/Attach')));
const CannedPicker = lazy(() => withWords(import('./CannedPicker')));
const GapLine = lazy(() => withWords(import('./GapLine')));
const TemplateBox = lazy(() => withWords(import('./TemplateBox')));
const KINDS: readonly { readonly kind: Kind; readonly key: string }[] = [
  { kind: 'message', key: 'r' },
  { kind: 'note', key: 'n' },
];
const SLASH = /^\/(\S*)$/;

export function Composer({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const box = useRef<HTMLTextAreaElement>(null);
  const now = useNow();
  const me = useMe();
  const { tenant } = me;
  const offline = useConnection() === 'offline';
  const [drafts, setDrafts] = useDrafts(conversation.id);
  const { kind } = drafts;
  const text = drafts[kind];
  const shut = windowLeft(conversation, now) === 0;
  const rule = ruleOf(conversation.refusal) ?? (shut ? 'window_closed' : null);
  const refused = kind === 'message' ? rule : null;
  const rest = left(text);
  const gaps = kind === 'message' ? gapsIn(text) : [];
  const sendable = !offline && refused === null && text.trim() !== '' && !tooLong(text) && gaps.length === 0;
  // A slash at the beginning opens the list of canned replies, the button does at any time; Esc leaves it to the text.
  const [picking, setPicking] = useState<'slash' | 'asked' | 'left'>('slash');
  const keys = useRef<PickerKeys>(null);
  const typed = SLASH.exec(text)?.[1];
  const open = kind === 'message' && refused === null && (picking === 'asked' || (picking === 'slash' && typed !== undefined));
  const select = ({ from, to }: Pick<Gap, 'from' | 'to'>) => {
    box.current?.focus();
    box.current?.setSelectionRange(from, to);
  };
  const insert = (words: string) => {
    const before = typed === undefined && text !== '' ? `${text.trimEnd()}\n` : '';
    const message = before + words;
    setPicking('slash');
    flushSync(() => setDrafts({ message }));
    select(gapsIn(message)[0] ?? { from: message.length, to: message.length });
  };
  const choose = (wanted: Kind) => {
    flushSync(() => setDrafts({ kind: wanted })); // the next key goes into the box already
    box.current?.focus();
  };
  useShortcut('r', t('inbox.reply'), () => choose('message'));
  useShortcut('n', t('inbox.note'), () => choose('note'));
  const submit = () => {
    if (!sendable) return;
    send(cache, conversation.id, kind, text.trim(), conversation.last_message_id ?? 0);
    setDrafts({ [kind]: '' });
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (open && keys.current?.(event)) return;
    if (event.key === 'Escape') focusRegion('messages');
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  const pauses =
    kind === 'message' && text !== '' && pauseLeft(conversation, now) === 0 && modeOf(conversation, tenant.agent_mode) !== 'off';
  return (
    <footer className={styles['composer']} data-region="composer" data-kind={kind}>
      <AgentLine conversation={conversation} />
      <div className={styles['bar']}>
        <div role="group" aria-label={t('inbox.writeAs')} className={styles['kinds']}>
          {KINDS.map(({ kind: each, key }) => (
            <button
              key={each}
              type="button"
              className={styles['kind']}
              aria-pressed={each === kind}
              onClick={() => choose(each)}
            >
              {each === 'message' ? t('inbox.reply') : t('inbox.noteTab')}
              <Kbd size="xs" visibleFrom="sm">
                {key.toUpperCase()}
              </Kbd>
            </button>
          ))}
        </div>
        <Suspense>
          <Attach
            key={conversation.id}
            conversation={conversation.id}
            rule={rule}
            offline={offline}
            onReply={() => choose('message')}
            onStored={(message) => enter(cache, conversation.id, message)}
            why={(code) => whyNotSent(code, t)}
          />
        </Suspense>
        <WindowWords conversation={conversation} />
      </div>
      {open && (
        <Suspense>
          <CannedPicker
            conversation={conversation.id}
            typed={typed ?? ''}
            box={box}
            keys={keys}
            onPick={(reply) => insert(reply.text)}
            onLeave={() => setPicking('left')}
          />
        </Suspense>
      )}
      {gaps.length > 0 && (
        <Suspense>
          <GapLine gaps={gaps} onGap={select} />
        </Suspense>
      )}
      {refused === null ? (
        <div className={styles['writing']}>
          {kind === 'message' && (
            <ActionIcon
              variant="subtle"
              size={36}
              className={styles['canned'] ?? ''}
              aria-label={t('inbox.canned')}
              aria-expanded={open}
              onClick={() => {
                setPicking(open ? 'left' : 'asked');
                box.current?.focus();
              }}
            >
              <IconMessageBolt size={20} />
            </ActionIcon>
          )}
          <Textarea
            ref={box}
            data-first
            className={styles['text']}
            autosize
            minRows={1}
            maxRows={8}
            value={text}
            aria-label={kind === 'message' ? t('inbox.replyTo') : t('inbox.note')}
            placeholder={kind === 'message' ? t('inbox.replyHint') : t('inbox.noteHint')}
            error={tooLong(text)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (picking === 'left' && !SLASH.test(value)) setPicking('slash');
              setDrafts({ [kind]: value });
            }}
            onKeyDown={onKeyDown}
          />
          <Button
            className={styles['send'] ?? ''}
            color={kind === 'note' ? 'note' : 'primary'}
            disabled={!sendable}
            leftSection={<IconSend size={16} aria-hidden />}
            onClick={submit}
          >
            {kind === 'message' ? t('inbox.send') : t('inbox.keepNote')}
          </Button>
        </div>
      ) : refused === 'window_closed' && can(me, 'templates.use') ? (
        <Suspense>
          <TemplateBox
            key={conversation.id}
            conversation={conversation.id}
            written={conversation.last_inbound_at !== null}
            offline={offline}
            onNote={() => choose('note')}
          />
        </Suspense>
      ) : (
        <div className={styles['refused']} role="note">
          <span>{whyNotSent(refused, t)}</span>
          <Button size="compact-sm" variant="default" onClick={() => choose('note')}>
            {t('inbox.writeNote')}
          </Button>
        </div>
      )}
      <div className={styles['under']}>
        {offline && <span className={styles['warn']}>{t('inbox.offline')}</span>}
        {rest !== null && (
          <span className={rest < 0 ? styles['warn'] : undefined} role="status">
            {rest < 0 ? t('inbox.over', { count: -rest }) : t('inbox.left', { count: rest })}
          </span>
        )}
        {pauses && refused === null && t('inbox.willPause', { agent: tenant.agent_name, hours: tenant.takeover_hours })}
      </div>
    </footer>
  );
}
