# One image for web, worker and clock. The first stage installs, the second runs: no compiler, no pip, no root.
FROM python:3.11-slim-bookworm AS install
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv --without-pip /venv
COPY requirements.lock .
RUN python -m pip --python /venv/bin/python install --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin homeward \
    && install -d -m 0700 -o homeward -g homeward /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    AVRR_DATA=/data AVRR_STATIC=/app/var/static AVRR_BIND=0.0.0.0:8000
WORKDIR /app
COPY --from=install /venv /venv
COPY . .
# Translations and static files are made here, once; the settings need no secret for that.
RUN AVRR_PRODUCTION=0 AVRR_DATA=/tmp/build python manage.py prepare --files-only && rm -rf /tmp/build
USER homeward
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["python", "bin/healthcheck.py"]
CMD ["gunicorn", "-c", "python:avrr.web", "avrr.wsgi"]
