//! Jobs that share calls, and do not suffer from one another.

use std::future::Future;

use super::error::OdooError;

/// Runs jobs together, at most `most` at once. Where Odoo fails while it works on their records,
/// halves are tried, down to the one that is to blame.
pub(super) async fn bisect<'a, J, T, F, R>(
    jobs: &'a [J],
    most: usize,
    mut together: F,
) -> Vec<Result<T, OdooError>>
where
    F: FnMut(&'a [J]) -> R,
    R: Future<Output = Result<Vec<T>, OdooError>>,
{
    let mut outcomes = Vec::with_capacity(jobs.len());
    let mut waiting: Vec<&[J]> = jobs.chunks(most).collect();
    waiting.reverse();
    while let Some(part) = waiting.pop() {
        match together(part).await {
            Ok(done) if done.len() == part.len() => outcomes.extend(done.into_iter().map(Ok)),
            Ok(_) => {
                let error = OdooError::odd("", "", "another number of answers than jobs");
                outcomes.extend(part.iter().map(|_| Err(error.clone())));
            }
            Err(error) if error.of_records && part.len() > 1 => {
                let (left, right) = part.split_at(part.len() / 2);
                waiting.push(right);
                waiting.push(left);
            }
            Err(error) => outcomes.extend(part.iter().map(|_| Err(error.clone()))),
        }
    }
    outcomes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_bad_job_fails_alone() {
        let jobs: Vec<u32> = (0..20).collect();
        let mut calls = 0;
        let outcomes =
            bisect(&jobs, 16, |part| {
                calls += 1;
                let bad = part.contains(&13);
                let answer = part.iter().map(|job| job * 2).collect();
                async move {
                    if bad { Err(OdooError::permanent("13").of_records()) } else { Ok(answer) }
                }
            })
            .await;
        for (job, outcome) in jobs.iter().zip(&outcomes) {
            match outcome {
                Ok(answer) => assert_eq!(*answer, job * 2),
                Err(error) => assert_eq!((*job, error.message.as_str()), (13, "13")),
            }
        }
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_err()).count(), 1);
        assert!(calls <= 10, "{calls} calls");
    }

    #[tokio::test]
    async fn what_is_nobodys_fault_is_not_tried_again() {
        let mut calls = 0;
        let outcomes: Vec<Result<(), _>> = bisect(&[1, 2, 3], 10, |_| {
            calls += 1;
            async { Err(OdooError::uncertain("gone")) }
        })
        .await;
        assert!(outcomes.iter().all(Result::is_err));
        assert_eq!(calls, 1);
    }
}
