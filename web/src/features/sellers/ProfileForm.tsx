/** How the seller is called and what they are good at; skills are given by whoever manages sellers. */
import { Button, Group, Stack, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sellersQuery, type Seller } from './queries';
import { useChangeSeller } from './useProfile';

interface Props {
  readonly seller: Seller;
  readonly editing: boolean;
  readonly managing: boolean;
}

const MOST_SKILLS = 30;
const LONGEST_SKILL = 60;

export function ProfileForm({ seller, editing, managing }: Props) {
  const { t } = useTranslation();
  const { change, changing } = useChangeSeller(seller);
  const [draft, setDraft] = useState<Pick<Seller, 'name' | 'skills'> | null>(null);
  const { name, skills } = draft ?? seller;
  const others = useQuery(sellersQuery).data ?? [];
  const known = [...new Set(others.flatMap((one) => one.skills))].toSorted();
  const wrong = name.trim() === '';
  return (
    <form
      aria-labelledby="seller-profile"
      onSubmit={(event) => {
        event.preventDefault();
        if (!draft || wrong) return;
        const wanted = { ...(name.trim() !== seller.name && { name: name.trim() }), ...(managing && { skills }) };
        change(wanted, t('sellers.said.profile', { name: name.trim() }), () => setDraft(null));
      }}
    >
      <Stack gap="sm">
        <Title order={2} size="h3" id="seller-profile">
          {t('sellers.profile')}
        </Title>
        {editing && (
          <TextInput
            label={t('sellers.name')}
            value={name}
            maxLength={200}
            error={wrong ? t('settings.judge.required') : false}
            onChange={(event) => setDraft({ skills, name: event.currentTarget.value })}
          />
        )}
        {managing ? (
          <TagsInput
            label={t('sellers.skills.title')}
            description={t('sellers.skills.hint')}
            data={known}
            value={[...skills]}
            maxTags={MOST_SKILLS}
            onChange={(next) => setDraft({ name, skills: next.map((one) => one.slice(0, LONGEST_SKILL)) })}
          />
        ) : (
          <Text>
            {t('sellers.skills.title')}: {skills.length > 0 ? skills.join(', ') : t('sellers.skills.none')}
          </Text>
        )}
        {draft && (
          <Group gap="sm">
            <Button type="submit" loading={changing} disabled={wrong}>
              {t('settings.save')}
            </Button>
            <Button variant="default" onClick={() => setDraft(null)}>
              {t('settings.discard')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
