/** What the seller is called, says of themselves and is good at; skills and capacity are given by whoever manages sellers. */
import { Button, Group, NumberInput, Stack, TagsInput, Text, Textarea, TextInput, Title } from '@mantine/core';
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
const LONGEST_BIO = 1000;
const MOST_A_DAY = 100;

const pick = ({ name, skills, bio, most_meetings_per_day }: Seller) => ({ name, skills, bio, most_meetings_per_day });

export function ProfileForm({ seller, editing, managing }: Props) {
  const { t } = useTranslation();
  const { change, changing } = useChangeSeller(seller);
  const [draft, setDraft] = useState<Pick<Seller, 'name' | 'skills' | 'bio' | 'most_meetings_per_day'> | null>(null);
  const shown = draft ?? pick(seller);
  const { name, skills, bio, most_meetings_per_day: most } = shown;
  const others = useQuery(sellersQuery).data ?? [];
  const known = [...new Set(others.flatMap((one) => one.skills))].toSorted();
  const wrong = name.trim() === '';
  return (
    <form
      aria-labelledby="seller-profile"
      onSubmit={(event) => {
        event.preventDefault();
        if (!draft || wrong) return;
        const wanted = {
          ...(name.trim() !== seller.name && { name: name.trim() }),
          ...(bio.trim() !== seller.bio && { bio: bio.trim() }),
          ...(managing && { skills }),
          ...(managing && most !== seller.most_meetings_per_day && { most_meetings_per_day: most ?? 0 }),
        };
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
            onChange={(event) => setDraft({ ...shown, name: event.currentTarget.value })}
          />
        )}
        {editing ? (
          <Textarea
            label={t('sellers.results.bio')}
            value={bio}
            maxLength={LONGEST_BIO}
            autosize
            minRows={2}
            onChange={(event) => setDraft({ ...shown, bio: event.currentTarget.value })}
          />
        ) : (
          bio && <Text style={{ whiteSpace: 'pre-line' }}>{bio}</Text>
        )}
        {managing && (
          <NumberInput
            label={t('sellers.results.most')}
            description={t('sellers.results.mostHint')}
            value={most ?? ''}
            min={1}
            max={MOST_A_DAY}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            onChange={(value) => setDraft({ ...shown, most_meetings_per_day: typeof value === 'number' ? value : null })}
          />
        )}
        {managing ? (
          <TagsInput
            label={t('sellers.skills.title')}
            description={t('sellers.skills.hint')}
            data={known}
            value={[...skills]}
            maxTags={MOST_SKILLS}
            onChange={(next) => setDraft({ ...shown, skills: next.map((one) => one.slice(0, LONGEST_SKILL)) })}
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
