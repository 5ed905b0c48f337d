/** A lead's pages elsewhere: opened, taken away, added by address alone; where it belongs, its host says. */
import { ActionIcon, Anchor, Group, TextInput } from '@mantine/core';
import { IconExternalLink, IconX } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '@/features/leads/Leads.module.css';
import type { Lead, LeadChange } from '@/features/leads/queries';
import { addressOf, linksOf, withLink, withoutLink } from './links';

interface Props {
  readonly lead: Lead;
  readonly writable: boolean;
  readonly onSave: (change: LeadChange) => void;
}

export function Links({ lead, writable, onSave }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const links = linksOf(lead.social_links);
  const add = (event: SyntheticEvent) => {
    event.preventDefault();
    if (typed.trim() === '') return;
    const url = addressOf(typed);
    if (url === null) {
      setWrong(true);
      return;
    }
    onSave({ social_links: withLink(lead.social_links, url) });
    setTyped('');
  };
  if (!writable && links.length === 0) return null;
  return (
    <div role="group" aria-label={t('leads.links.name')}>
      {links.map(({ name, url }) => (
        <Group key={url} gap="xs" wrap="nowrap" justify="space-between">
          <Anchor href={url} target="_blank" rel="noopener noreferrer" className={styles['link'] ?? ''}>
            <IconExternalLink size={16} aria-hidden /> {name}
          </Anchor>
          {writable && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('leads.links.remove', { name })}
              onClick={() => onSave({ social_links: withoutLink(lead.social_links, url) })}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {writable && (
        <form onSubmit={add} noValidate>
          <TextInput
            label={t('leads.links.name')}
            placeholder={t('leads.links.hint')}
            inputMode="url"
            autoCapitalize="none"
            value={typed}
            error={wrong && t('leads.links.wrong')}
            onChange={(event) => {
              setWrong(false);
              setTyped(event.currentTarget.value);
            }}
            onBlur={add}
          />
        </form>
      )}
    </div>
  );
}
