/** What an event is: with whom, when, and what may be done about it. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCalendarTime, IconCheck, IconMessage, IconUser, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Face } from '@/components/Face';
import { can, useMe } from '@/lib/session/session';
import styles from './Agenda.module.css';
import { Anchored, type Anchor } from './Anchored';
import { isLive } from './calendarEvents';
import { useMark } from './change';
import { clockIn, differs, placeOf } from './hours';
import { isHold } from './holds';
import { MeetingUrl } from './MeetingUrl';
import type { AgendaEvent, Seller } from './queries';
import { hasBegun, isMeeting, nameOf, statusOf, whenOf } from './words';

interface Props {
  readonly event: AgendaEvent;
  readonly at: Anchor;
  readonly seller: Seller | undefined;
  readonly onClose: () => void;
  readonly onReschedule: () => void;
  readonly onCancel: () => void;
}

export function EventCard({ event, at, seller, onClose, onReschedule, onCancel }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const markEvent = useMark();
  const status = statusOf(event, t, i18n.language);
  const name = nameOf(event, t);
  const elsewhere = seller && differs(seller.zone, new Date(event.starts_at)) ? seller.zone : null;
  return (
    <Anchored at={at} label={name} onClose={onClose}>
      <Stack gap="sm">
        <Stack gap={2}>
          <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
            <Text fw={600} size="lg" visibleFrom="sm">
              {name}
            </Text>
            {status && <Badge meaning={isHold(event) ? 'agent' : 'muted'}>{status}</Badge>}
          </Group>
          {isMeeting(event) && event.title && event.title !== name && <Text c="var(--nx-text2)">{event.title}</Text>}
        </Stack>
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <IconCalendarTime size={18} aria-hidden />
          <Stack gap={0}>
            <Text>{whenOf(event, i18n.language)}</Text>
            {elsewhere && (
              <Text size="sm" c="var(--nx-text2)">
                {t('agenda.sellerClock', {
                  seller: event.seller_name,
                  time: clockIn(elsewhere, new Date(event.starts_at), i18n.language),
                  place: placeOf(elsewhere),
                })}
              </Text>
            )}
          </Stack>
        </Group>
        <Group gap="sm" wrap="nowrap">
          {seller ? <Face seller={seller} size={24} /> : <IconUser size={18} aria-hidden />}
          <Text>{t('agenda.with', { seller: event.seller_name })}</Text>
        </Group>
        {isHold(event) && (
          <Text size="sm" c="var(--nx-text2)">
            {t('agenda.hold.what')}
          </Text>
        )}
        <Group gap="lg" className={styles['links'] ?? ''}>
          {event.lead_id !== null && can(me, 'leads.read') && (
            <Link to="/leads/$leadId" params={{ leadId: event.lead_id }}>
              {t('agenda.openLead')}
            </Link>
          )}
          {isMeeting(event) && (
            <a href={`/agenda/events/${event.id}/ics`} download>
              {t('agenda.file')}
            </a>
          )}
          {event.conversation_id !== null && can(me, 'conversations.read') && (
            <Link to="/inbox/$conversationId" params={{ conversationId: event.conversation_id }} search={{ filter: 'all' }}>
              <Group gap={4} component="span">
                <IconMessage size={16} aria-hidden />
                {t('agenda.openConversation')}
              </Group>
            </Link>
          )}
        </Group>
        {isMeeting(event) && <MeetingUrl event={event} writable={can(me, 'agenda.write')} />}
        {can(me, 'agenda.write') && isMeeting(event) && hasBegun(event) && (
          <Group gap="sm" role="group" aria-label={t('agenda.howItWent')}>
            {(['done', 'no_show'] as const).map((outcome) => (
              <Button
                key={outcome}
                variant="default"
                size="compact-md"
                aria-pressed={event.status === outcome}
                leftSection={outcome === 'done' ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
                disabled={event.status === outcome}
                onClick={() => markEvent(event, outcome)}
              >
                {outcome === 'done' ? t('agenda.attended') : t('agenda.missed')}
              </Button>
            ))}
          </Group>
        )}
        {can(me, 'agenda.write') && isLive(event) && (
          <Group gap="sm">
            <Button variant="default" onClick={onReschedule} data-autofocus>
              {t('agenda.reschedule')}
            </Button>
            <Button variant="subtle" color="danger" onClick={onCancel}>
              {t('agenda.cancel')}
            </Button>
          </Group>
        )}
      </Stack>
    </Anchored>
  );
}
