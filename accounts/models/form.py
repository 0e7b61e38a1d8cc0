"""What a user types: forms not yet sent, and the one-time marks of those that were."""

from django.db import models

from .user import User


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(owner=user)


class Draft(models.Model):
    """What a user has typed into a form and not yet sent. Kept on the server, never in the browser."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=200)
    fields = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "path"], name="one_draft_per_form")]

    def __str__(self):
        return f"draft {self.pk}"


class Posting(models.Model):
    """A form that has been sent once: its one-time mark, and where it led. The second sending leads there too."""

    mark = models.UUIDField(primary_key=True)
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    led_to = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"posting {self.mark}"
