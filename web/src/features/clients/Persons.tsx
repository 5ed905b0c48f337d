/** The persons of a client: whom one writes to about bills, who decides. Saved as a whole, in their order. */
import { ActionIcon, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import styles from './Clients.module.css';
import { clientKeys, writePersons, type ClientRecord, type Person } from './queries';

const FIELDS = ['name', 'role', 'phone', 'email'] as const;
const MOST = 20;

export function Persons({ client, writable }: { readonly client: ClientRecord; readonly writable: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [adding, setAdding] = useState(false);
  const persons: readonly Person[] = client.contacts.map(({ name, role, phone, email }) => ({ name, role, phone, email }));
  const saving = useMutation({
    mutationFn: (items: readonly Person[]) => writePersons(client.id, items),
    onError: (error) => toastProblem(error),
    onSettled: () => void cache.invalidateQueries({ queryKey: clientKeys.one(client.id) }),
  });
  const remove = (index: number) => {
    const gone = persons[index];
    saving.mutate(persons.toSpliced(index, 1));
    toast(t('clients.persons.removed', { name: gone?.name ?? '' }), () => saving.mutate(persons));
  };
  return (
    <section className={styles['persons']} aria-labelledby="client-persons">
      <Group justify="space-between">
        <Title order={2} size="h4" id="client-persons">
          {t('clients.persons.title')}
        </Title>
        {writable && !adding && persons.length < MOST && (
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
            {t('clients.persons.add')}
          </Button>
        )}
      </Group>
      {persons.length === 0 && !adding && (
        <Text size="sm" c="var(--nx-text2)">
          {t('clients.persons.empty')}
        </Text>
      )}
      <ul>
        {client.contacts.map((person, index) => (
          <li key={`${person.name} ${index}`}>
            <div>
              <strong>{person.name}</strong> {person.role && <span>· {person.role}</span>}
              <Text size="sm" c="var(--nx-text2)">
                {[person.phone_shown, person.email].filter(Boolean).join(' · ')}
              </Text>
            </div>
            {writable && (
              <ActionIcon variant="subtle" color="muted" aria-label={t('clients.persons.remove', { name: person.name })} onClick={() => remove(index)}>
                <IconX size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <NewPerson
          onCancel={() => setAdding(false)}
          onAdd={(person) => {
            saving.mutate([...persons, person]);
            setAdding(false);
          }}
        />
      )}
    </section>
  );
}

function NewPerson({ onAdd, onCancel }: { readonly onAdd: (person: Person) => void; readonly onCancel: () => void }) {
  const { t } = useTranslation();
  const [texts, setTexts] = useState<Partial<Record<(typeof FIELDS)[number], string>>>({});
  const name = texts.name?.trim() ?? '';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name) onAdd({ name, role: texts.role?.trim() || null, phone: texts.phone?.trim() || null, email: texts.email?.trim() || null });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        {FIELDS.map((field, index) => (
          <TextInput
            key={field}
            label={t(`clients.persons.${field}`)}
            autoFocus={index === 0}
            autoComplete="off"
            maxLength={200}
            value={texts[field] ?? ''}
            onChange={(event) => setTexts({ ...texts, [field]: event.currentTarget.value })}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" size="compact-md" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant="light" size="compact-md" disabled={!name}>
            {t('clients.persons.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
