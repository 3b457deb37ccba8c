# One image for web, worker, beat and migrate.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
COPY requirements/uv.txt requirements/run.txt ./
RUN pip install --no-cache-dir --require-hashes --requirement uv.txt \
    && uv venv /venv \
    && VIRTUAL_ENV=/venv uv pip sync --require-hashes --compile-bytecode run.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app ocop \
    && install --directory --owner ocop --group ocop /data /media \
    && install --directory --owner ocop --group ocop --mode 0700 /keys
COPY --from=build /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 OCOP_DATA_DIR=/data OCOP_MEDIA_DIR=/media OCOP_KEYS_DIR=/keys
# What the image carries is made here; the secret signs nothing and is not kept.
RUN OCOP_SECRET_KEY=only-while-building python manage.py compile_catalogues \
    && OCOP_SECRET_KEY=only-while-building python manage.py collectstatic --noinput \
    && chown --recursive ocop:ocop /data
USER ocop
EXPOSE 8000
CMD ["gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--bind", "0.0.0.0:8000", "ocop_portal.wsgi"]
