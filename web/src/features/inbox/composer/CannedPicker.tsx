/** The list that a slash opens: it narrows as one types; arrows choose, Enter or Tab inserts, Esc leaves it. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Spoken } from '@/components/Spoken';
import { Waiting } from '@/components/Waiting';
import { filledQuery, matching, type Filled } from '@/lib/canned/canned';
import { gapsIn } from '@/lib/canned/gaps';
import styles from './Canned.module.css';

/** Whether the key was the list's. */
export type PickerKeys = (event: KeyboardEvent) => boolean;

interface Props {
  readonly conversation: number;
  readonly typed: string;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly keys: Ref<PickerKeys>;
  readonly onPick: (reply: Filled) => void;
  readonly onLeave: () => void;
}

export default function CannedPicker({ conversation, typed, box, keys, onPick, onLeave }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const query = useQuery(filledQuery(conversation));
  const shown = matching(query.data ?? [], typed);
  const [at, setAt] = useState({ typed, index: 0 });
  const index = at.typed === typed ? Math.min(at.index, Math.max(0, shown.length - 1)) : 0;
  const chosen = shown[index];
  const active = chosen && `${id}-${chosen.id}`;
  const move = (by: number) => setAt({ typed, index: (index + by + shown.length) % Math.max(1, shown.length) });
  useImperativeHandle(keys, () => (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.shiftKey) return false;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') onLeave();
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) onPick(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  });
  // The focus stays in the box: it says which of the list is meant.
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const told = { 'aria-controls': id, 'aria-autocomplete': 'list', ...(active && { 'aria-activedescendant': active }) };
    for (const [name, value] of Object.entries(told)) element.setAttribute(name, value);
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    return () => {
      for (const name of Object.keys(told)) element.removeAttribute(name);
    };
  }, [box, id, active]);
  return (
    <div className={styles['picker']}>
      <Spoken>{query.data ? t('canned.count', { count: shown.length }) : ''}</Spoken>
      {query.isPending && <Waiting rows={2} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && shown.length === 0 && (
        <p className={styles['none']}>{query.data.length === 0 ? t('canned.noneYet') : t('canned.noneLike', { typed })}</p>
      )}
      <ul ref={list} id={id} role="listbox" aria-label={t('canned.title')} className={styles['replies']}>
        {shown.map((reply) => (
          <li
            key={reply.id}
            id={`${id}-${reply.id}`}
            role="option"
            aria-selected={reply === chosen}
            className={styles['reply']}
            onPointerDown={(event) => event.preventDefault()} // the focus stays in the box
            onClick={() => onPick(reply)}
          >
            <span className={styles['shortcut']}>/{reply.shortcut}</span>
            <span className={styles['title']}>{reply.title}</span>
            <span className={styles['words']} lang={reply.language ?? undefined}>
              <WithGaps text={reply.text} />
            </span>
          </li>
        ))}
      </ul>
      <Anchor component={Link} to="/replies" size="sm" className={styles['manage'] ?? ''}>
        {t('canned.manage')}
      </Anchor>
    </div>
  );
}

function WithGaps({ text }: { readonly text: string }) {
  const gaps = gapsIn(text);
  const ends = [0, ...gaps.map(({ to }) => to)];
  return (
    <>
      {gaps.map((gap, index) => (
        <span key={gap.from}>
          {text.slice(ends[index], gap.from)}
          <mark className={styles['gap']}>{gap.name}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  );
}
