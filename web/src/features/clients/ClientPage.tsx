/** One client: who they are, whom to write to, what they paid, and everything that happened. */
import { Alert, Button, Select, Tabs, Text, Title } from '@mantine/core';
import { IconArchive, IconArrowLeft, IconUser } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { EditedField } from '@/components/EditedField';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import { withWords } from '@/lib/i18n';
import { money } from '@/lib/i18n/format';
import { useShortcut } from '@/lib/keys/keys';
import { can, useMe } from '@/lib/session/session';
import { useTeam } from '@/lib/team/team';
import { ClientTimeline } from './ClientTimeline';
import styles from './Clients.module.css';
import { Persons } from './Persons';
import { placeClient } from './place';
import { changeClient, clientKeys, clientQuery, putAway, restore, type ClientChange, type ClientRecord, type Kind } from './queries';

const TABS: Record<'all' | 'talk' | 'meetings' | 'money' | 'files' | 'tasks', readonly Kind[]> = {
  all: [],
  talk: ['message', 'note'],
  meetings: ['meeting'],
  money: ['money'],
  files: ['file'],
  tasks: ['task'],
};
const TAB_NAMES = ['all', 'talk', 'meetings', 'money', 'files', 'tasks'] as const;
const TEXTS = ['full_name', 'phone', 'email', 'company'] as const;
const NOBODY = 'nobody';
const PersonData = lazy(() => withWords(import('@/components/person/PersonData')));

export function ClientPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { clientId } = useParams({ from: '/shell/clients/$clientId' });
  const query = useQuery(clientQuery(clientId));
  const gone = query.isError && asProblem(query.error).status === 404;
  useShortcut('Escape', t('keys.back'), () => void navigate({ to: '/clients', search: {} }));
  return (
    <div className={styles['page']}>
      {query.isPending && <Waiting />}
      {gone && (
        <Empty
          action={
            <Button renderRoot={(props) => <Link {...props} to="/clients" search={{}} />} variant="default">
              {t('clients.back')}
            </Button>
          }
        >
          {t('problem.not_found')}
        </Empty>
      )}
      {query.isError && !gone && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && !gone && <Record key={query.data.id} client={query.data} />}
    </div>
  );
}

function Record({ client }: { readonly client: ClientRecord }) {
  const { t } = useTranslation();
  const me = useMe();
  const names = TAB_NAMES.filter((name) => name !== 'money' || can(me, 'transactions.read'));
  return (
    <>
      <Head client={client} />
      <div className={styles['record']}>
        <Facts client={client} />
        <Tabs defaultValue="all" className={styles['tabs'] ?? ''} keepMounted={false}>
          <Tabs.List>
            {names.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`clients.tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {names.map((name) => (
            <Tabs.Panel key={name} value={name} className={styles['tab'] ?? ''} tabIndex={0}>
              <ClientTimeline client={client} kinds={TABS[name]} empty={t(`clients.none.${name}`)} />
            </Tabs.Panel>
          ))}
        </Tabs>
      </div>
    </>
  );
}

/** Changes are shown at once and taken back where they are refused. */
function useChange(client: ClientRecord) {
  const cache = useQueryClient();
  return (wanted: ClientChange) => {
    const before = cache.getQueryData<ClientRecord>(clientKeys.one(client.id)) ?? client;
    placeClient(cache, { ...before, ...(wanted as Partial<ClientRecord>) });
    changeClient(client.id, wanted).then(
      (now) => placeClient(cache, now),
      (error: unknown) => {
        placeClient(cache, before);
        toastProblem(error);
      },
    );
  };
}

function Head({ client }: { readonly client: ClientRecord }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const writable = can(me, 'clients.write');
  const take = (action: typeof putAway) =>
    action(client.id).then(
      (now) => placeClient(cache, now),
      (error: unknown) => toastProblem(error),
    );
  const bringBack = () => void take(restore);
  const away = () => void take(putAway).then(() => toast(t('clients.putAway', { name: client.full_name }), bringBack));
  const paid = client.paid?.map(({ currency, amount }) => money(amount, currency, i18n.language)) ?? [];
  return (
    <header className={styles['recordHead']}>
      <Link to="/clients" search={{}} className={styles['back']} aria-label={t('clients.back')}>
        <IconArrowLeft size={20} />
      </Link>
      <div className={styles['title']}>
        <Title order={1}>{client.full_name}</Title>
        <Text size="sm" c="var(--nx-text2)">
          {[client.company, client.phone_shown, paid.length > 0 && t('clients.paid', { amount: paid.join(' + ') })].filter(Boolean).join(' · ')}
        </Text>
      </div>
      {client.lead_id !== null && (
        <Button
          renderRoot={(props) => <Link {...props} to="/leads/$leadId" params={{ leadId: client.lead_id ?? 0 }} search={{}} />}
          variant="default"
          leftSection={<IconUser size={16} aria-hidden />}
        >
          {t('clients.toLead')}
        </Button>
      )}
      {writable && client.deleted_at === null && (
        <Button variant="default" leftSection={<IconArchive size={16} aria-hidden />} onClick={away}>
          {t('clients.delete')}
        </Button>
      )}
      {can(me, 'privacy.erase') && (
        <Suspense>
          <PersonData named={{ client_id: client.id }} onErased={() => navigate({ to: '/clients', search: {} })} />
        </Suspense>
      )}
      {client.deleted_at !== null && (
        <Alert color="note" className={styles['gone'] ?? ''} role="status">
          {t('clients.isDeleted')}{' '}
          {writable && (
            <Button size="compact-sm" variant="default" onClick={bringBack}>
              {t('clients.restore')}
            </Button>
          )}
        </Alert>
      )}
    </header>
  );
}

function Facts({ client }: { readonly client: ClientRecord }) {
  const { t } = useTranslation();
  const me = useMe();
  const change = useChange(client);
  const team = useTeam();
  const writable = can(me, 'clients.write') && client.deleted_at === null;
  const gives = writable && can(me, 'leads.assign');
  const members = team.filter(({ id, active }) => active || id === client.owner_user_id);
  return (
    <section className={styles['fields']} aria-label={t('leads.data')}>
      {TEXTS.map((name) => (
        <EditedField
          key={name}
          label={t(`clients.field.${name}`)}
          value={client[name]}
          shown={name === 'phone' ? client.phone_shown : null}
          writable={writable}
          onSave={(value) => {
            if (value !== null || name !== 'full_name') change({ [name]: value });
          }}
        />
      ))}
      {gives ? (
        <Select
          label={t('clients.column.owner')}
          value={client.owner_user_id === null ? NOBODY : String(client.owner_user_id)}
          allowDeselect={false}
          onChange={(value) => value && change({ owner_user_id: value === NOBODY ? null : Number(value) })}
          data={[
            { value: NOBODY, label: t('leads.owner.nobody') },
            ...members.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      ) : (
        <Text size="sm" c="var(--nx-text2)">
          {t('leads.owner.is', { name: team.find(({ id }) => id === client.owner_user_id)?.name ?? t('leads.owner.nobody') })}
        </Text>
      )}
      <EditedField label={t('clients.field.notes')} value={client.notes} writable={writable} lines={3} onSave={(notes) => change({ notes })} />
      <Persons client={client} writable={writable} />
    </section>
  );
}
