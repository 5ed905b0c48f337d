/** Embudo: stages as columns, cards that are dragged, lifted by keys or moved by a menu; won and lost stand at the end. */
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { isFiltered, queryOf, type Filters } from '@/features/leads/filters';
import { ListHead } from '@/features/leads/ListHead';
import { useMoveStage } from '@/features/leads/moveStage';
import { summaryQuery } from '@/features/leads/queries';
import { countOf, forecastOf, weightedOf, whole } from '@/features/leads/summary';
import { useNextMeetings } from '@/lib/agenda/upcoming';
import { money } from '@/lib/i18n/format';
import { stagesQuery, useStages } from '@/lib/pipeline/stages';
import { useMe } from '@/lib/session/session';
import { Board } from './Board';
import styles from './Board.module.css';
import { PhoneBoard } from './PhoneBoard';

export function BoardPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const filters = withoutStage(useSearch({ from: '/shell/pipeline' }));
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const asked = queryOf(filters, me.user.id);
  const reading = useQuery(summaryQuery(asked));
  const readingStages = useQuery(stagesQuery);
  const stages = useStages();
  const { move, question } = useMoveStage();
  const meetings = useNextMeetings();
  const sums = (values: ReturnType<typeof forecastOf>) =>
    values.map(({ value, currency }) => money(whole(value), currency, i18n.language).replaceAll(' ', '\u00a0')).join(' · '); // not broken over two lines
  const forecast = sums(forecastOf(reading.data, stages));
  const weighted = sums(weightedOf(reading.data, stages));
  const filter = (wanted: Filters) => void navigate({ to: '/pipeline', search: wanted, replace: true });
  const failed = readingStages.isError ? readingStages : reading.isError && !reading.data ? reading : null;
  const empty = reading.data !== undefined && countOf(reading.data, undefined) === 0;
  const shared = { stages, asked, filters, summary: reading.data, meetings, onMove: move };
  return (
    <div className={styles['page']}>
      <ListHead
        place="pipeline"
        filters={filters}
        onFilters={filter}
        figure={forecast !== '' && <span title={t('leads.board.weighted', { sum: forecast })}>{t('leads.board.forecast', { sum: weighted })}</span>}
      />
      {failed && <ErrorBox error={failed.error} retry={() => void failed.refetch()} />}
      {!failed && stages.length === 0 && <Waiting rows={4} height={88} />}
      {empty && <Empty>{isFiltered(filters) ? t('leads.emptyFiltered') : t('leads.board.empty')}</Empty>}
      {!failed && !empty && stages.length > 0 && (phone ? <PhoneBoard {...shared} /> : <Board {...shared} />)}
      {question}
    </div>
  );
}

/** The stages are the columns: none of them is filtered away. */
function withoutStage(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => name !== 'stage'));
}
