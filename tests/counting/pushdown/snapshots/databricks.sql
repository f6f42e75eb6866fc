-- funnel
SELECT
  SUM(`t3`.`events`) AS `events`,
  COUNT(*) AS `customers`,
  MIN(`t3`.`first`) AS `first`,
  MAX(`t3`.`last`) AS `last`
FROM (
  SELECT
    `t2`.`jm_customer`,
    COUNT(*) AS `events`,
    MIN(`t2`.`jm_at`) AS `first`,
    MAX(`t2`.`jm_at`) AS `last`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        NULLIF(TRIM(' \t\n\r\v\f' FROM `t0`.`who`), '') AS `jm_customer`,
        NULLIF(TRIM(' \t\n\r\v\f' FROM `t0`.`what`), '') AS `jm_event`,
        UNIX_MICROS(CAST(`t0`.`at` AS TIMESTAMP)) AS `jm_at`,
        NULLIF(`t0`.`device`, '') AS `device`,
        `t0`.`size`
      FROM `random_events` AS `t0`
    ) AS `t1`
    WHERE
      `t1`.`jm_customer` IS NOT NULL
      AND `t1`.`jm_event` IS NOT NULL
      AND `t1`.`jm_at` IS NOT NULL
      AND `t1`.`jm_at` <= 1774987200000000
  ) AS `t2`
  GROUP BY
    1
) AS `t3`;

-- by a property
SELECT
  `t12`.`jm_segment`,
  `t12`.`jm_group`,
  SUM(`t12`.`removed`) AS `removed`,
  SUM(`t12`.`overall` * IF(`t12`.`depth` >= 1, 1, 0)) AS `entered_1`,
  SUM(`t12`.`overall` * IF(`t12`.`depth` = 1, 1, 0) * `t12`.`still_open`) AS `open_1`,
  SUM(
    `t12`.`overall` * IF(`t12`.`depth` = 1, 1, 0) * (
      1 - `t12`.`still_open`
    ) * `t12`.`barred`
  ) AS `barred_1`,
  SUM(`t12`.`settled` * IF(`t12`.`depth` >= 1, 1, 0)) AS `settled_1`,
  SUM(`t12`.`overall` * IF(`t12`.`depth` >= 2, 1, 0)) AS `entered_2`,
  SUM(`t12`.`overall` * IF(`t12`.`depth` = 2, 1, 0) * `t12`.`still_open`) AS `open_2`,
  SUM(
    `t12`.`overall` * IF(`t12`.`depth` = 2, 1, 0) * (
      1 - `t12`.`still_open`
    ) * `t12`.`barred`
  ) AS `barred_2`,
  SUM(`t12`.`settled` * IF(`t12`.`depth` >= 2, 1, 0)) AS `settled_2`,
  MAX(
    IF(
      (
        `t12`.`timed_2` = 1
      ) AND (
        `t12`.`place_2` = `t12`.`low_place_2`
      ),
      `t12`.`gap_2`,
      CAST(NULL AS BIGINT)
    )
  ) AS `low_2`,
  MAX(
    IF(
      (
        `t12`.`timed_2` = 1
      ) AND (
        `t12`.`place_2` = `t12`.`high_place_2`
      ),
      `t12`.`gap_2`,
      CAST(NULL AS BIGINT)
    )
  ) AS `high_2`,
  SUM(`t12`.`overall` * IF(`t12`.`depth` >= 3, 1, 0)) AS `entered_3`,
  SUM(`t12`.`overall` * IF(`t12`.`depth` = 3, 1, 0) * `t12`.`still_open`) AS `open_3`,
  SUM(
    `t12`.`overall` * IF(`t12`.`depth` = 3, 1, 0) * (
      1 - `t12`.`still_open`
    ) * `t12`.`barred`
  ) AS `barred_3`,
  SUM(`t12`.`settled` * IF(`t12`.`depth` >= 3, 1, 0)) AS `settled_3`,
  MAX(
    IF(
      (
        `t12`.`timed_3` = 1
      ) AND (
        `t12`.`place_3` = `t12`.`low_place_3`
      ),
      `t12`.`gap_3`,
      CAST(NULL AS BIGINT)
    )
  ) AS `low_3`,
  MAX(
    IF(
      (
        `t12`.`timed_3` = 1
      ) AND (
        `t12`.`place_3` = `t12`.`high_place_3`
      ),
      `t12`.`gap_3`,
      CAST(NULL AS BIGINT)
    )
  ) AS `high_3`
FROM (
  SELECT
    `t11`.`jm_customer`,
    `t11`.`jm_at`,
    `t11`.`jm_event`,
    `t11`.`device`,
    `t11`.`jm_stage`,
    `t11`.`reached_1`,
    `t11`.`reached_2`,
    `t11`.`reached_3`,
    `t11`.`depth`,
    `t11`.`finished`,
    `t11`.`barred`,
    `t11`.`of_settled`,
    `t11`.`first_entry`,
    `t11`.`last_entry`,
    `t11`.`place`,
    `t11`.`place_settled`,
    `t11`.`overall`,
    `t11`.`settled`,
    `t11`.`still_open`,
    `t11`.`removed`,
    `t11`.`jm_segment`,
    `t11`.`jm_group`,
    `t11`.`settled` * IF(`t11`.`depth` >= 2, 1, 0) AS `timed_2`,
    `t11`.`reached_2` - `t11`.`reached_1` AS `gap_2`,
    ROW_NUMBER() OVER (
      PARTITION BY `t11`.`jm_segment`, `t11`.`jm_group`, `t11`.`settled` * IF(`t11`.`depth` >= 2, 1, 0)
      ORDER BY `t11`.`reached_2` - `t11`.`reached_1` ASC NULLS LAST
    ) - 1 AS `place_2`,
    CAST(FLOOR(
      (
        SUM(`t11`.`settled` * IF(`t11`.`depth` >= 2, 1, 0)) OVER (
          PARTITION BY `t11`.`jm_segment`, `t11`.`jm_group`
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) / (
        2
      )
    ) AS BIGINT) AS `low_place_2`,
    CAST(FLOOR(
      (
        SUM(`t11`.`settled` * IF(`t11`.`depth` >= 2, 1, 0)) OVER (
          PARTITION BY `t11`.`jm_segment`, `t11`.`jm_group`
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        )
      ) / (
        2
      )
    ) AS BIGINT) AS `high_place_2`,
    `t11`.`settled` * IF(`t11`.`depth` >= 3, 1, 0) AS `timed_3`,
    `t11`.`reached_3` - `t11`.`reached_2` AS `gap_3`,
    ROW_NUMBER() OVER (
      PARTITION BY `t11`.`jm_segment`, `t11`.`jm_group`, `t11`.`settled` * IF(`t11`.`depth` >= 3, 1, 0)
      ORDER BY `t11`.`reached_3` - `t11`.`reached_2` ASC NULLS LAST
    ) - 1 AS `place_3`,
    CAST(FLOOR(
      (
        SUM(`t11`.`settled` * IF(`t11`.`depth` >= 3, 1, 0)) OVER (
          PARTITION BY `t11`.`jm_segment`, `t11`.`jm_group`
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1
      ) / (
        2
      )
    ) AS BIGINT) AS `low_place_3`,
    CAST(FLOOR(
      (
        SUM(`t11`.`settled` * IF(`t11`.`depth` >= 3, 1, 0)) OVER (
          PARTITION BY `t11`.`jm_segment`, `t11`.`jm_group`
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        )
      ) / (
        2
      )
    ) AS BIGINT) AS `high_place_3`
  FROM (
    SELECT
      `t10`.`jm_customer`,
      `t10`.`jm_at`,
      `t10`.`jm_event`,
      `t10`.`device`,
      `t10`.`jm_stage`,
      `t10`.`reached_1`,
      `t10`.`reached_2`,
      `t10`.`reached_3`,
      `t10`.`depth`,
      `t10`.`finished`,
      `t10`.`barred`,
      `t10`.`of_settled`,
      `t10`.`first_entry`,
      `t10`.`last_entry`,
      `t10`.`place`,
      `t10`.`place_settled`,
      IF(`t10`.`place` = 0, 1, 0) AS `overall`,
      IF((
        `t10`.`place_settled` = 0
      ) AND (
        `t10`.`of_settled` = 1
      ), 1, 0) AS `settled`,
      IF(`t10`.`last_entry` > 1774382400000000, 1, 0) AS `still_open`,
      0 AS `removed`,
      0 AS `jm_segment`,
      CASE
        WHEN `t10`.`device` IS NULL
        THEN 3
        WHEN `t10`.`device` = 'app'
        THEN 0
        WHEN `t10`.`device` = 'tv'
        THEN 1
        ELSE 2
      END AS `jm_group`
    FROM (
      SELECT
        `t9`.`jm_customer`,
        `t9`.`jm_at`,
        `t9`.`jm_event`,
        `t9`.`device`,
        `t9`.`jm_stage`,
        `t9`.`reached_1`,
        `t9`.`reached_2`,
        `t9`.`reached_3`,
        `t9`.`depth`,
        `t9`.`finished`,
        `t9`.`barred`,
        `t9`.`of_settled`,
        `t9`.`first_entry`,
        `t9`.`last_entry`,
        ROW_NUMBER() OVER (
          PARTITION BY `t9`.`jm_customer`
          ORDER BY `t9`.`depth` DESC, `t9`.`reached_1` ASC NULLS LAST, `t9`.`jm_event` ASC, `t9`.`device` ASC
        ) - 1 AS `place`,
        ROW_NUMBER() OVER (
          PARTITION BY `t9`.`jm_customer`, `t9`.`of_settled`
          ORDER BY `t9`.`depth` DESC, `t9`.`reached_1` ASC NULLS LAST, `t9`.`jm_event` ASC, `t9`.`device` ASC
        ) - 1 AS `place_settled`
      FROM (
        SELECT
          `t8`.`jm_customer`,
          `t8`.`jm_at`,
          `t8`.`jm_event`,
          `t8`.`device`,
          `t8`.`jm_stage`,
          `t8`.`reached_1`,
          `t8`.`reached_2`,
          `t8`.`reached_3`,
          `t8`.`depth`,
          `t8`.`finished`,
          `t8`.`barred`,
          IF(`t8`.`reached_1` <= 1774382400000000, 1, 0) AS `of_settled`,
          MIN(`t8`.`reached_1`) OVER (
            PARTITION BY `t8`.`jm_customer`
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS `first_entry`,
          MAX(`t8`.`reached_1`) OVER (
            PARTITION BY `t8`.`jm_customer`
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS `last_entry`
        FROM (
          SELECT
            `t7`.`jm_customer`,
            `t7`.`jm_at`,
            `t7`.`jm_event`,
            `t7`.`device`,
            `t7`.`jm_stage`,
            `t7`.`reached_1`,
            `t7`.`reached_2`,
            `t7`.`reached_3`,
            `t7`.`depth`,
            CASE
              WHEN `t7`.`depth` = 1
              THEN `t7`.`reached_1`
              WHEN `t7`.`depth` = 2
              THEN `t7`.`reached_2`
              WHEN `t7`.`depth` = 3
              THEN `t7`.`reached_3`
              ELSE CAST(NULL AS BIGINT)
            END AS `finished`,
            IF(FALSE AND (
              `t7`.`depth` < 3
            ), 1, 0) AS `barred`
          FROM (
            SELECT
              `t6`.`jm_customer`,
              `t6`.`jm_at`,
              `t6`.`jm_event`,
              `t6`.`device`,
              `t6`.`jm_stage`,
              `t6`.`reached_1`,
              `t6`.`reached_2`,
              `t6`.`reached_3`,
              1 + IF(
                COALESCE(
                  (
                    `t6`.`reached_2` IS NOT NULL
                  )
                  AND (
                    (
                      `t6`.`reached_2` - `t6`.`reached_1`
                    ) <= 604800000000
                  ),
                  FALSE
                ),
                1,
                0
              ) + IF(
                COALESCE(
                  (
                    `t6`.`reached_2` IS NOT NULL
                  )
                  AND (
                    (
                      `t6`.`reached_2` - `t6`.`reached_1`
                    ) <= 604800000000
                  ),
                  FALSE
                )
                AND COALESCE(
                  (
                    `t6`.`reached_3` IS NOT NULL
                  )
                  AND (
                    (
                      `t6`.`reached_3` - `t6`.`reached_1`
                    ) <= 604800000000
                  ),
                  FALSE
                ),
                1,
                0
              ) AS `depth`
            FROM (
              SELECT
                `t5`.`jm_customer`,
                `t5`.`jm_at`,
                `t5`.`jm_event`,
                `t5`.`device`,
                `t5`.`jm_stage`,
                `t5`.`reached_1`,
                IF(
                  `t5`.`jm_stage` = 1,
                  MIN(IF(`t5`.`jm_stage` = 2, `t5`.`reached_2`, CAST(NULL AS BIGINT))) OVER (
                    PARTITION BY `t5`.`jm_customer`
                    ORDER BY `t5`.`jm_at` DESC, `t5`.`jm_stage` ASC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                  ),
                  `t5`.`reached_2`
                ) AS `reached_2`,
                IF(
                  `t5`.`jm_stage` = 1,
                  MIN(IF(`t5`.`jm_stage` = 2, `t5`.`reached_3`, CAST(NULL AS BIGINT))) OVER (
                    PARTITION BY `t5`.`jm_customer`
                    ORDER BY `t5`.`jm_at` DESC, `t5`.`jm_stage` ASC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                  ),
                  `t5`.`reached_3`
                ) AS `reached_3`
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    `t3`.`jm_customer`,
                    `t3`.`jm_at`,
                    `t3`.`jm_event`,
                    `t3`.`device`,
                    `t3`.`jm_stage`,
                    `t3`.`reached_1`,
                    `t3`.`reached_2`,
                    IF(
                      `t3`.`jm_stage` = 2,
                      MIN(IF(`t3`.`jm_stage` = 3, `t3`.`reached_3`, CAST(NULL AS BIGINT))) OVER (
                        PARTITION BY `t3`.`jm_customer`
                        ORDER BY `t3`.`jm_at` DESC, `t3`.`jm_stage` ASC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                      ),
                      `t3`.`reached_3`
                    ) AS `reached_3`
                  FROM (
                    SELECT
                      `t2`.`jm_customer`,
                      `t2`.`jm_at`,
                      `t2`.`jm_event`,
                      `t2`.`device`,
                      `t2`.`jm_stage`,
                      IF(`t2`.`jm_stage` = 1, `t2`.`jm_at`, CAST(NULL AS BIGINT)) AS `reached_1`,
                      IF(`t2`.`jm_stage` = 2, `t2`.`jm_at`, CAST(NULL AS BIGINT)) AS `reached_2`,
                      IF(`t2`.`jm_stage` = 3, `t2`.`jm_at`, CAST(NULL AS BIGINT)) AS `reached_3`
                    FROM (
                      SELECT
                        `t1`.`jm_customer`,
                        `t1`.`jm_at`,
                        `t1`.`jm_event`,
                        `t1`.`device`,
                        CASE
                          WHEN COALESCE(`t1`.`jm_event` = 'A', FALSE)
                          THEN 1
                          WHEN COALESCE(`t1`.`jm_event` = 'B', FALSE)
                          AND (
                            FALSE
                            OR COALESCE(`t1`.`device` = 'web', FALSE)
                            OR COALESCE(`t1`.`device` = 'app', FALSE)
                          )
                          THEN 2
                          WHEN COALESCE(`t1`.`jm_event` = 'C', FALSE)
                          THEN 3
                          ELSE 0
                        END AS `jm_stage`
                      FROM (
                        SELECT
                          NULLIF(TRIM(' \t\n\r\v\f' FROM `t0`.`who`), '') AS `jm_customer`,
                          NULLIF(TRIM(' \t\n\r\v\f' FROM `t0`.`what`), '') AS `jm_event`,
                          UNIX_MICROS(CAST(`t0`.`at` AS TIMESTAMP)) AS `jm_at`,
                          NULLIF(`t0`.`device`, '') AS `device`,
                          `t0`.`size`
                        FROM `random_events` AS `t0`
                      ) AS `t1`
                      WHERE
                        `t1`.`jm_customer` IS NOT NULL
                        AND `t1`.`jm_event` IS NOT NULL
                        AND `t1`.`jm_at` IS NOT NULL
                    ) AS `t2`
                    WHERE
                      `t2`.`jm_stage` > 0
                      AND `t2`.`jm_customer` IS NOT NULL
                      AND (
                        (
                          `t2`.`jm_stage` <= 3
                        ) OR (
                          `t2`.`jm_stage` > 3
                        )
                      )
                  ) AS `t3`
                ) AS `t4`
                WHERE
                  (
                    `t4`.`jm_stage` <= 2
                  ) OR (
                    `t4`.`jm_stage` > 3
                  )
              ) AS `t5`
            ) AS `t6`
            WHERE
              `t6`.`jm_stage` = 1 AND `t6`.`jm_at` < 1774987200000001
          ) AS `t7`
        ) AS `t8`
      ) AS `t9`
    ) AS `t10`
    WHERE
      (
        IF(`t10`.`place` = 0, 1, 0) = 1
      )
      OR (
        IF((
          `t10`.`place_settled` = 0
        ) AND (
          `t10`.`of_settled` = 1
        ), 1, 0) = 1
      )
      OR (
        0 = 1
      )
  ) AS `t11`
) AS `t12`
GROUP BY
  1,
  2;

-- flow over stages
SELECT
  `t15`.`jm_segment`,
  `t15`.`jm_step`,
  `t15`.`source`,
  `t15`.`target`,
  `t15`.`goes_on`,
  COUNT(*) AS `customers`,
  SUM(`t15`.`recent`) AS `recent`,
  SUM(`t15`.`ties`) AS `ties`,
  SUM(`t15`.`skipped`) AS `skipped`
FROM (
  SELECT
    `t14`.`jm_customer`,
    `t14`.`jm_step`,
    `t14`.`jm_node`,
    `t14`.`jm_next`,
    `t14`.`goes_on`,
    `t14`.`last_at`,
    `t14`.`ties`,
    `t14`.`skipped`,
    0 AS `jm_segment`,
    IF(
      FALSE
      OR (
        (
          `t14`.`jm_step` = 1
        ) AND COALESCE(`t14`.`jm_node` IN (1), FALSE)
      )
      OR (
        (
          `t14`.`jm_step` = 2
        ) AND COALESCE(`t14`.`jm_node` IN (3, 2), FALSE)
      )
      OR (
        (
          `t14`.`jm_step` = 3
        ) AND COALESCE(`t14`.`jm_node` IN (1, 2), FALSE)
      )
      OR (
        (
          `t14`.`jm_step` = 4
        ) AND COALESCE(`t14`.`jm_node` IN (2, 3), FALSE)
      ),
      `t14`.`jm_node`,
      CAST(NULL AS BIGINT)
    ) AS `source`,
    IF(
      (
        `t14`.`goes_on` = 1
      )
      AND (
        FALSE
        OR (
          (
            (
              `t14`.`jm_step` + 1
            ) = 1
          )
          AND COALESCE(`t14`.`jm_next` IN (1), FALSE)
        )
        OR (
          (
            (
              `t14`.`jm_step` + 1
            ) = 2
          )
          AND COALESCE(`t14`.`jm_next` IN (3, 2), FALSE)
        )
        OR (
          (
            (
              `t14`.`jm_step` + 1
            ) = 3
          )
          AND COALESCE(`t14`.`jm_next` IN (1, 2), FALSE)
        )
        OR (
          (
            (
              `t14`.`jm_step` + 1
            ) = 4
          )
          AND COALESCE(`t14`.`jm_next` IN (2, 3), FALSE)
        )
      ),
      `t14`.`jm_next`,
      CAST(NULL AS BIGINT)
    ) AS `target`,
    IF(
      (
        `t14`.`last_at` > 1774985400000000
      )
      AND (
        `t14`.`last_at` <= 1774987200000000
      ),
      1,
      0
    ) AS `recent`
  FROM (
    SELECT
      `t13`.`jm_customer`,
      `t13`.`jm_at`,
      `t13`.`jm_node`,
      `t13`.`jm_has_node`,
      `t13`.`jm_place`,
      `t13`.`begins`,
      `t13`.`first`,
      `t13`.`before`,
      `t13`.`at_before`,
      `t13`.`new`,
      `t13`.`jm_step`,
      `t13`.`tied`,
      `t13`.`last_at`,
      `t13`.`all_ties`,
      `t13`.`all_skipped`,
      LEAD(`t13`.`jm_node`) OVER (PARTITION BY `t13`.`jm_customer` ORDER BY `t13`.`jm_step` ASC NULLS LAST) AS `jm_next`,
      IF(
        `t13`.`jm_step` < MAX(`t13`.`jm_step`) OVER (
          PARTITION BY `t13`.`jm_customer`
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ),
        1,
        0
      ) AS `goes_on`,
      `t13`.`all_ties` * IF(`t13`.`jm_step` = 1, 1, 0) AS `ties`,
      `t13`.`all_skipped` * IF(`t13`.`jm_step` = 1, 1, 0) AS `skipped`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t11`.`jm_customer`,
          `t11`.`jm_at`,
          `t11`.`jm_node`,
          `t11`.`jm_has_node`,
          `t11`.`jm_place`,
          `t11`.`begins`,
          `t11`.`first`,
          `t11`.`before`,
          `t11`.`at_before`,
          `t11`.`new`,
          `t11`.`jm_step`,
          `t11`.`tied`,
          `t11`.`last_at`,
          SUM(`t11`.`tied` * IF(`t11`.`jm_at` <= `t11`.`last_at`, 1, 0)) OVER (
            PARTITION BY `t11`.`jm_customer`
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS `all_ties`,
          SUM((
            1 - `t11`.`jm_has_node`
          ) * IF(`t11`.`jm_at` <= `t11`.`last_at`, 1, 0)) OVER (
            PARTITION BY `t11`.`jm_customer`
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) AS `all_skipped`
        FROM (
          SELECT
            `t10`.`jm_customer`,
            `t10`.`jm_at`,
            `t10`.`jm_node`,
            `t10`.`jm_has_node`,
            `t10`.`jm_place`,
            `t10`.`begins`,
            `t10`.`first`,
            `t10`.`before`,
            `t10`.`at_before`,
            `t10`.`new`,
            `t10`.`jm_step`,
            `t10`.`tied`,
            MAX(
              IF(
                (
                  `t10`.`jm_has_node` = 1
                ) AND (
                  `t10`.`jm_step` <= 5
                ),
                `t10`.`jm_at`,
                CAST(NULL AS BIGINT)
              )
            ) OVER (
              PARTITION BY `t10`.`jm_customer`
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) AS `last_at`
          FROM (
            SELECT
              `t9`.`jm_customer`,
              `t9`.`jm_at`,
              `t9`.`jm_node`,
              `t9`.`jm_has_node`,
              `t9`.`jm_place`,
              `t9`.`begins`,
              `t9`.`first`,
              `t9`.`before`,
              `t9`.`at_before`,
              `t9`.`new`,
              SUM(`t9`.`new`) OVER (
                PARTITION BY `t9`.`jm_customer`, `t9`.`jm_has_node`
                ORDER BY `t9`.`jm_place` ASC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
              ) AS `jm_step`,
              IF(
                (
                  `t9`.`new` = 1
                )
                AND (
                  `t9`.`jm_place` > `t9`.`first`
                )
                AND (
                  `t9`.`jm_at` = `t9`.`at_before`
                ),
                1,
                0
              ) AS `tied`
            FROM (
              SELECT
                `t8`.`jm_customer`,
                `t8`.`jm_at`,
                `t8`.`jm_node`,
                `t8`.`jm_has_node`,
                `t8`.`jm_place`,
                `t8`.`begins`,
                `t8`.`first`,
                `t8`.`before`,
                `t8`.`at_before`,
                IF(
                  (
                    `t8`.`jm_has_node` = 1
                  )
                  AND (
                    (
                      `t8`.`jm_place` = `t8`.`first`
                    ) OR (
                      `t8`.`jm_node` <> `t8`.`before`
                    )
                  ),
                  1,
                  0
                ) AS `new`
              FROM (
                SELECT
                  `t7`.`jm_customer`,
                  `t7`.`jm_at`,
                  `t7`.`jm_node`,
                  `t7`.`jm_has_node`,
                  `t7`.`jm_place`,
                  `t7`.`begins`,
                  `t7`.`first`,
                  LAG(`t7`.`jm_node`) OVER (
                    PARTITION BY `t7`.`jm_customer`, `t7`.`jm_has_node`
                    ORDER BY `t7`.`jm_place` ASC NULLS LAST
                  ) AS `before`,
                  LAG(`t7`.`jm_at`) OVER (
                    PARTITION BY `t7`.`jm_customer`, `t7`.`jm_has_node`
                    ORDER BY `t7`.`jm_place` ASC NULLS LAST
                  ) AS `at_before`
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t5`.`jm_customer`,
                      `t5`.`jm_at`,
                      `t5`.`jm_node`,
                      `t5`.`jm_has_node`,
                      `t5`.`jm_place`,
                      `t5`.`begins`,
                      MIN(IF(`t5`.`begins` = 1, `t5`.`jm_place`, CAST(NULL AS BIGINT))) OVER (
                        PARTITION BY `t5`.`jm_customer`
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) AS `first`
                    FROM (
                      SELECT
                        `t4`.`jm_customer`,
                        `t4`.`jm_at`,
                        `t4`.`jm_node`,
                        `t4`.`jm_has_node`,
                        `t4`.`jm_place`,
                        `t4`.`begins`
                      FROM (
                        SELECT
                          `t3`.`jm_customer`,
                          `t3`.`jm_event`,
                          `t3`.`jm_at`,
                          `t3`.`device`,
                          `t3`.`size`,
                          `t3`.`jm_node`,
                          `t3`.`jm_has_node`,
                          ROW_NUMBER() OVER (
                            PARTITION BY `t3`.`jm_customer`
                            ORDER BY `t3`.`jm_at` ASC NULLS LAST, `t3`.`jm_event` ASC NULLS LAST, `t3`.`device` ASC, `t3`.`size` ASC
                          ) - 1 AS `jm_place`,
                          IF(
                            (
                              `t3`.`jm_has_node` = 1
                            )
                            AND (
                              `t3`.`jm_node` = 1
                            )
                            AND (
                              `t3`.`jm_at` < 1774987200000001
                            ),
                            1,
                            0
                          ) AS `begins`
                        FROM (
                          SELECT
                            `t2`.`jm_customer`,
                            `t2`.`jm_event`,
                            `t2`.`jm_at`,
                            `t2`.`device`,
                            `t2`.`size`,
                            `t2`.`jm_node`,
                            IF(`t2`.`jm_node` > 0, 1, 0) AS `jm_has_node`
                          FROM (
                            SELECT
                              `t1`.`jm_customer`,
                              `t1`.`jm_event`,
                              `t1`.`jm_at`,
                              `t1`.`device`,
                              `t1`.`size`,
                              CASE
                                WHEN COALESCE(`t1`.`jm_event` = 'A', FALSE)
                                THEN 1
                                WHEN COALESCE(`t1`.`jm_event` = 'B', FALSE)
                                AND (
                                  FALSE
                                  OR COALESCE(`t1`.`device` = 'web', FALSE)
                                  OR COALESCE(`t1`.`device` = 'app', FALSE)
                                )
                                THEN 2
                                WHEN COALESCE(`t1`.`jm_event` = 'C', FALSE)
                                THEN 3
                                ELSE 0
                              END AS `jm_node`
                            FROM (
                              SELECT
                                NULLIF(TRIM(' \t\n\r\v\f' FROM `t0`.`who`), '') AS `jm_customer`,
                                NULLIF(TRIM(' \t\n\r\v\f' FROM `t0`.`what`), '') AS `jm_event`,
                                UNIX_MICROS(CAST(`t0`.`at` AS TIMESTAMP)) AS `jm_at`,
                                NULLIF(`t0`.`device`, '') AS `device`,
                                `t0`.`size`
                              FROM `random_events` AS `t0`
                            ) AS `t1`
                            WHERE
                              `t1`.`jm_customer` IS NOT NULL
                              AND `t1`.`jm_event` IS NOT NULL
                              AND `t1`.`jm_at` IS NOT NULL
                          ) AS `t2`
                        ) AS `t3`
                      ) AS `t4`
                    ) AS `t5`
                  ) AS `t6`
                  WHERE
                    `t6`.`first` IS NOT NULL AND `t6`.`jm_place` >= `t6`.`first`
                ) AS `t7`
              ) AS `t8`
            ) AS `t9`
          ) AS `t10`
        ) AS `t11`
      ) AS `t12`
      WHERE
        `t12`.`new` = 1 AND `t12`.`jm_step` <= 5
    ) AS `t13`
  ) AS `t14`
  WHERE
    `t14`.`jm_step` <= 4
) AS `t15`
GROUP BY
  1,
  2,
  3,
  4,
  5;

-- retention on
SELECT
  MAX(IF((
    `t2`.`jm_at` % 1000000
  ) <> 0, 1, 0)) AS `finer0`,
  MAX(IF((
    `t2`.`jm_at` % 1000
  ) <> 0, 1, 0)) AS `finer1`
FROM (
  SELECT
    *
  FROM (
    SELECT
      NULLIF(TRIM(' \t\n\r\v\f' FROM `t0`.`who`), '') AS `jm_customer`,
      NULLIF(TRIM(' \t\n\r\v\f' FROM `t0`.`what`), '') AS `jm_event`,
      UNIX_MICROS(CAST(`t0`.`at` AS TIMESTAMP)) AS `jm_at`,
      NULLIF(`t0`.`device`, '') AS `device`,
      `t0`.`size`
    FROM `random_events` AS `t0`
  ) AS `t1`
  WHERE
    `t1`.`jm_customer` IS NOT NULL
    AND `t1`.`jm_event` IS NOT NULL
    AND `t1`.`jm_at` IS NOT NULL
) AS `t2`;
