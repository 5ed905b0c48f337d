/** Ajustes: the company, its agent, its meetings, stages, fields and tags; each is saved by itself and holds at once. */
import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { FieldSection } from './FieldSection';
import { FieldsSection } from './FieldsSection';
import { HolidaysSection } from './HolidaysSection';
import { sectionsQuery, stagesServedQuery } from './queries';
import styles from './Settings.module.css';
import { ReasonsSection } from './ReasonsSection';
import { StagesSection } from './StagesSection';
import { TagsSection } from './TagsSection';

export function SettingsPage() {
  const { t } = useTranslation();
  const sections = useQuery(sectionsQuery);
  const stages = useQuery(stagesServedQuery);
  return (
    <div className={styles['page']}>
      <Stack gap="xl" maw={960} mx="auto">
        <Title order={1}>{t('place.settings')}</Title>
        {sections.isPending && <Waiting rows={8} height={64} />}
        {sections.isError && !sections.data && <ErrorBox error={sections.error} retry={() => void sections.refetch()} />}
        {sections.data && (
          <>
            <FieldSection name="company" served={sections.data.company} />
            <FieldSection name="agent" served={sections.data.agent} />
            <FieldSection name="meetings" served={sections.data.meetings} />
            <HolidaysSection country={sections.data.meetings.values.holiday_country} />
            <FieldSection name="media" served={sections.data.media} />
          </>
        )}
        {stages.isPending && sections.data && <Waiting rows={4} height={48} />}
        {stages.isError && !stages.data && <ErrorBox error={stages.error} retry={() => void stages.refetch()} />}
        {stages.data && <StagesSection served={stages.data} />}
        {stages.data && <ReasonsSection />}
        <FieldsSection />
        <TagsSection />
        <nav className={styles['elsewhere']} aria-labelledby="settings-elsewhere">
          <Title order={2} id="settings-elsewhere">
            {t('settings.section.elsewhere')}
          </Title>
          <Link to="/people">{t('settings.joinLink')}</Link>
          <Link to="/replies">{t('settings.replies')}</Link>
          <Link to="/integrations">{t('settings.keys')}</Link>
          <Link to="/keys">{t('settings.apiKeys')}</Link>
          <Link to="/privacy">{t('settings.privacy')}</Link>
          <Link to="/audit" search={{ action: 'settings.changed' }}>
            {t('settings.trail')}
          </Link>
        </nav>
      </Stack>
    </div>
  );
}
